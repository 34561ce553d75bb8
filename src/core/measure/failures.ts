import type { FailureOfSize } from '../../contract/tune/failure.ts';

/** The most kinds of failures that a run tells apart: they travel through the state. */
const MOST_KINDS = 48;
/** The most kinds of failures whose words are kept. */
const MOST_WITH_WORDS = 10;
const MOST_TYPE = 64;
const MOST_MESSAGE = 200;
const MOST_STACK = 360;

/**
 * Adds an invocation that failed to those before it, by size and type; the words of the first stay. Beyond
 * what is told apart, failures count as one kind without a type.
 */
export function addFailure(
  known: readonly FailureOfSize[],
  failure: Omit<FailureOfSize, 'count'>,
): readonly FailureOfSize[] {
  const type = failure.type?.slice(0, MOST_TYPE) ?? null;
  const { memoryMb } = failure;
  const isAlike = (each: FailureOfSize) => each.memoryMb === memoryMb && each.type === type;
  if (known.some(isAlike)) {
    return known.map((each) => (isAlike(each) ? { ...each, count: each.count + 1 } : each));
  }
  if (known.length >= MOST_KINDS && type !== null) {
    return addFailure(known, { memoryMb, type: null, message: null });
  }
  return [...known, { memoryMb, type, ...wordsOf(failure, known.length), count: 1 }];
}

function wordsOf({ message, stack }: Pick<FailureOfSize, 'message' | 'stack'>, before: number) {
  if (before >= MOST_WITH_WORDS) return { message: null };
  return {
    message: message?.slice(0, MOST_MESSAGE) ?? null,
    ...(stack === undefined ? {} : { stack: stack.slice(0, MOST_STACK) }),
  };
}

/** The most bytes that the failures of a run take in a state. */
export const MOST_FAILURE_BYTES =
  MOST_KINDS * (MOST_TYPE + 60) + MOST_WITH_WORDS * (MOST_MESSAGE + MOST_STACK);
