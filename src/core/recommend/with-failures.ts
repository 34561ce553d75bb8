import type { FailureOfSize } from '../../contract/tune/failure.ts';
import type { JudgedSize } from './size-result.ts';

/** Sizes with how their invocations failed, in the reason as well. */
export function withFailures(
  sizes: readonly JudgedSize[],
  failures: readonly FailureOfSize[],
): readonly JudgedSize[] {
  return sizes.map((size) => {
    const own = failures
      .filter(({ memoryMb }) => memoryMb === size.memoryMb)
      .map(({ memoryMb: _, ...failure }) => failure)
      .toSorted((a, b) => b.count - a.count);
    if (own.length === 0) return size;
    const { reasonFacts } = size;
    return {
      ...size,
      failures: own,
      reasonFacts:
        reasonFacts?.code === 'some-failed' || reasonFacts?.code === 'ended-in-error'
          ? { ...reasonFacts, failures: own.map(({ type, count }) => ({ type, count })) }
          : reasonFacts,
    };
  });
}
