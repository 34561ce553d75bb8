import { isAwsError, type AwsError } from '../../contract/shared/aws-error.ts';
import type { Deps } from '../../contract/shared/deps.ts';
import type { InvokeReply } from '../../contract/shared/invoke-calls.ts';
import type { Observation } from '../../contract/shared/observation.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { streamPrefixes, type SearchedStreams } from '../../core/platform-log/stream-prefixes.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { unreadLog } from './log-unread.ts';
import { observeLost, observeLog, type Sent } from './observe.ts';

/** Log lines take a few seconds to be found; what is not there by then counts as lost. */
const WAITS_MS = [2000, 4000, 8000, 16_000] as const;

/**
 * How many searches look in the streams of the version alone. Later ones look in the whole group, in case its
 * streams are named in another way.
 */
const SEARCHES_OF_ITS_STREAMS = 2;

/** The longest search of the log group. */
export const SEARCH_MS = 5000;

/** Clocks of two machines differ a little; an extension may write after the answer. */
export const CLOCK_SKEW_MS = 60_000;

/** What is searched for, and where. */
export interface SearchedRequest {
  readonly requestId: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** `null`: in the whole group. */
  readonly streams: Pick<SearchedStreams, 'versions' | 'startedFromMs'> | null;
}

/**
 * An environment that serves an invocation is a day old at most: Lambda ends them after some hours, for
 * updates of its own (Lambda guide, "Understanding the Lambda execution environment lifecycle", 2026-11).
 */
const OLDEST_MS = 86_400_000;

/** Returns the log streams that an invocation of a version that may be an old one can have written to. */
export function streamsOf(
  version: string,
  sentMs: number,
): NonNullable<SearchedRequest['streams']> {
  return { versions: [version], startedFromMs: sentMs - OLDEST_MS };
}

interface LoggedFunction {
  /** Name or ARN, unqualified. */
  readonly functionName: string;
  readonly logGroup: string;
}

/**
 * The platform logs of one call of Measure that did not come with the answer. Reading them is a fallback:
 * where the group cannot be read, its invocations are lost and said to be, and it is not asked again.
 */
export class LateLogs {
  readonly #deps: Pick<Deps, 'findLogEvents' | 'now' | 'sleep'>;
  readonly #unread = new Map<string, AwsError>();

  constructor(deps: Pick<Deps, 'findLogEvents' | 'now' | 'sleep'>) {
    this.#deps = deps;
  }

  /**
   * Looks an answered invocation up in CloudWatch Logs: extensions that log a lot can push the report out
   * of the 4 KB that come with the answer.
   *
   * @param sentMs when it was sent, milliseconds since the epoch
   * @param leftMs how long the caller can still wait
   */
  async observe(
    fn: LoggedFunction,
    invocation: {
      readonly reply: Extract<InvokeReply, { kind: 'answered' }>;
      readonly sent: Sent;
      readonly sentMs: number;
      readonly streams: SearchedRequest['streams'];
    },
    leftMs: () => number,
  ): Promise<Observation> {
    const { reply, sent, sentMs, streams } = invocation;
    const { requestId } = reply;
    const window = { fromMs: sentMs - CLOCK_SKEW_MS, toMs: this.#deps.now() + CLOCK_SKEW_MS };
    for (const [search, waitMs] of WAITS_MS.entries()) {
      if (this.#unread.has(fn.logGroup) || leftMs() < waitMs + SEARCH_MS) break;
      await this.#deps.sleep(waitMs);
      const within = search < SEARCHES_OF_ITS_STREAMS ? streams : null;
      const log = await this.find(fn, { requestId, ...window, streams: within });
      const observation = observeLog(log, requestId, reply, sent);
      if (observation.outcome !== 'lost') return observation;
    }
    return observeLost(sent);
  }

  /** Returns all lines about a request, oldest first; none where the group cannot be read. */
  async find(fn: LoggedFunction, request: SearchedRequest): Promise<string> {
    const { logGroup } = fn;
    if (this.#unread.has(logGroup)) return '';
    const { requestId, fromMs, toMs, streams } = request;
    try {
      const { events } = await this.#deps.findLogEvents({
        logGroup,
        text: requestId,
        fromMs,
        toMs,
        streamPrefixes:
          streams === null ? null : streamPrefixes({ ...fn, ...streams, startedToMs: toMs }),
        withinMs: SEARCH_MS,
      });
      return events.map(({ message }) => message.replace(/\n?$/, '\n')).join('');
    } catch (error) {
      if (!isAwsError(error)) throw error;
      // A search that is throttled, or that AWS could not answer for a moment, is made again.
      if (error.kind === 'denied' || error.kind === 'refused') this.#unread.set(logGroup, error);
      return '';
    }
  }

  /** Says why invocations stay lost whose report did not come with the answer. */
  warnings(): readonly Warning[] {
    return [...this.#unread].map(([logGroup, error]) =>
      toWarning({ code: 'late-logs-unread', logGroup, ...unreadLog(error) }),
    );
  }
}
