import type { Invoke, InvokeReply } from '../../../contract/shared/invoke-calls.ts';
import { errorStack } from '../../../core/measure/error-stack.ts';
import { parseFunctionRef } from '../../../core/target/function-ref.ts';
import { applicationLines } from '../../../core/platform-log/application-lines.ts';
import { findReport } from '../../../core/platform-log/find-report.ts';
import { memoryText } from '../../../words/format/memory.ts';
import { withOrdinarySpaces } from '../../../words/spaces.ts';
import { printableText } from '../../../words/plain-text.ts';

type Answered = Extract<InvokeReply, { readonly kind: 'answered' }>;

/** So many kinds of failures are told of, each with so many lines of what the handler printed last. */
const MOST_KINDS = 5;
const LAST_LINES = 5;
const MOST_CHARACTERS = 300;

interface SeenFailure {
  /** `512 MB`, or the side of a check. */
  readonly places: Set<string>;
  readonly words: string;
  readonly stack: readonly string[];
  readonly lastLines: readonly string[];
}

/**
 * How invocations failed, in the function's own words: for the terminal of whoever runs them, and for nothing
 * else. It sees the answers of Invoke on their way, so that it knows those of trials, too.
 */
export class SeenFailures {
  readonly #kinds = new Map<string, SeenFailure>();
  readonly #ignored: ReadonlySet<string>;
  readonly #placeOf: (functionName: string, memoryMb: number | null) => string | null;

  /**
   * @param placeOf how to call where it failed; `null` for a function that is none of the run's
   * @param ignored types that are an outcome and no failure
   */
  constructor(
    placeOf: (functionName: string, memoryMb: number | null) => string | null,
    ignored: readonly string[] = [],
  ) {
    this.#placeOf = placeOf;
    this.#ignored = new Set(ignored);
  }

  /** The same call, whose failures are noted. */
  watch(invoke: Invoke): Invoke {
    return async (request) => {
      const reply = await invoke(request);
      if (reply.kind === 'answered' && reply.functionError !== null) {
        this.#note(request.functionName, reply);
      }
      return reply;
    };
  }

  /** A block of lines, or nothing where nothing failed. */
  text(): string {
    const kinds = [...this.#kinds.values()];
    const told = kinds.slice(0, MOST_KINDS).map(blockOf);
    const more = kinds.length - told.length;
    const rest =
      more > 0 ? [`And ${more} other ${more === 1 ? 'kind' : 'kinds'} of failures.\n`] : [];
    return [...told, ...rest].join('');
  }

  #note(functionName: string, reply: Answered): void {
    const { errorType, errorMessage, logTail, requestId, body } = reply;
    if (this.#ignored.has(errorType ?? '')) return;
    const memoryMb = findReport(logTail ?? '', requestId).report?.memorySizeMb ?? null;
    const place = this.#placeOf(functionName, memoryMb);
    if (place === null) return;
    const message = (errorMessage ?? 'no message').replace(`RequestId: ${requestId} Error: `, '');
    const words = `${errorType ?? 'an error without a type'}: ${message}`;
    const known = this.#kinds.get(words);
    if (known !== undefined) known.places.add(place);
    else {
      this.#kinds.set(words, {
        places: new Set([place]),
        words,
        stack: errorStack(body),
        lastLines: applicationLines(logTail ?? '').slice(-LAST_LINES),
      });
    }
  }
}

/** Tells where a run of one function failed: at which size. */
export function bySize(target: string): ConstructorParameters<typeof SeenFailures>[0] {
  const nameOf = (text: string) => (parseFunctionRef(text)?.functionName ?? text).split(':').at(-1);
  return (functionName, memoryMb) => {
    if (nameOf(functionName) !== nameOf(target)) return null;
    return memoryMb === null ? 'before its log told a size' : memoryText(memoryMb);
  };
}

function blockOf({ places, words, stack, lastLines }: SeenFailure): string {
  const where = withOrdinarySpaces([...places].join(', '));
  return [
    `${where}: ${cut(words)}`,
    ...stack.map((line) => `    ${cut(line.trim())}`),
    ...(lastLines.length === 0
      ? ['  It printed nothing before.']
      : ['  It printed last:', ...lastLines.map((line) => `    ${cut(line)}`)]),
    '',
  ].join('\n');
}

function cut(text: string): string {
  const plain = printableText(text).trimEnd();
  return plain.length <= MOST_CHARACTERS ? plain : `${plain.slice(0, MOST_CHARACTERS)} …`;
}
