import { isAwsError, type AwsError } from '../../contract/shared/aws-error.ts';
import type { CheckDeps } from '../../contract/check/check-deps.ts';
import type { CheckStageInput, MeasuredSide } from '../../contract/check/check-stages.ts';
import type { CheckObservation } from '../../contract/check/check.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { streamPrefixes } from '../../core/platform-log/stream-prefixes.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { unreadLog } from '../target/log-unread.ts';
import { streamsOf } from '../target/late-logs.ts';
import type { Ended } from './judge-end.ts';
import { sideOf } from './side-of.ts';

/** An invocation that was made; without a request id nothing tells where it ran. */
export interface Invoked {
  readonly side: 'base' | 'head';
  /** Which of its side it is. */
  readonly index: number;
  readonly requestId: string | null;
  readonly observation: Ended;
}

type Streams = CheckStageInput<'Measure'>['progress']['streams'];

export interface FoundEnvironments {
  readonly observations: readonly {
    readonly side: 'base' | 'head';
    readonly observation: CheckObservation;
  }[];
  readonly streams: Streams;
  readonly warnings: readonly Warning[];
}

/** Log lines take a few seconds to be found. */
const WAITS_MS = [0, 2000, 4000, 8000, 16_000] as const;

/**
 * How many searches look in the streams of the version alone. Later ones look in the whole group, in case its
 * streams are named in another way.
 */
const SEARCHES_OF_ITS_STREAMS = 3;

/** The longest search of a log group: some 50 pages of a busy one. */
const SEARCH_MS = 10_000;

/** Clocks of two machines differ a little. */
const CLOCK_SKEW_MS = 60_000;

/** The line about an invocation's end, and where its request id stands in it. */
const REPORTS = {
  Text: { text: 'REPORT RequestId:', requestId: /RequestId:\s*([0-9a-f-]{36})/ },
  JSON: { text: 'platform.report', requestId: /"requestId"\s*:\s*"([0-9a-f-]{36})"/ },
} as const;

/**
 * Tells which environment served each invocation: the log stream of its report, found for all of a side in
 * one search of the window in which they ran. What is not found stays `null`, and is counted.
 */
export async function findEnvironments(
  deps: CheckDeps,
  sides: CheckStageInput<'Measure'>['sides'],
  invoked: readonly Invoked[],
  before: Streams,
  fromMs: number,
  leftMs: () => number,
): Promise<FoundEnvironments> {
  const streams = { base: [...before.base], head: [...before.head] };
  const found = new Map<string, string>();
  const window = { fromMs: fromMs - CLOCK_SKEW_MS, toMs: deps.now() + CLOCK_SKEW_MS };
  const warnings: Warning[] = [];
  for (const name of ['base', 'head'] as const) {
    if (sides[name] === null) continue;
    const side = sideOf(sides, name);
    const wanted = invoked.flatMap((each) =>
      each.side === name && each.requestId !== null ? [each.requestId] : [],
    );
    const missing = await search(deps, side, { wanted, found, window, leftMs });
    if (missing !== null) warnings.push(missing);
  }
  const observations = invoked.map(({ side, requestId, observation }) => {
    const stream = requestId === null ? undefined : found.get(requestId);
    const known = streams[side];
    if (stream !== undefined && !known.includes(stream)) known.push(stream);
    const environment = stream === undefined ? null : known.indexOf(stream);
    return { side, observation: { ...observation, environment } };
  });
  return { observations, streams, warnings };
}

interface SearchOfSide {
  readonly wanted: readonly string[];
  /** Log streams by request id, to be filled. */
  readonly found: Map<string, string>;
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly leftMs: () => number;
}

/** @returns a warning where not all could be found, and why, as far as that is known */
async function search(
  deps: CheckDeps,
  side: MeasuredSide,
  { wanted, found, window, leftMs }: SearchOfSide,
): Promise<Warning | null> {
  const { text, requestId } = REPORTS[side.logFormat];
  const { logGroup, functionName } = side;
  const prefixes = streamPrefixes({
    functionName,
    logGroup,
    ...streamsOf(side.version ?? '$LATEST', window.fromMs),
    startedToMs: window.toMs,
  });
  let isCutOff = false;
  for (const [attempt, waitMs] of WAITS_MS.entries()) {
    if (wanted.every((id) => found.has(id)) || leftMs() < waitMs + SEARCH_MS) break;
    if (waitMs > 0) await deps.sleep(waitMs);
    const searched = attempt < SEARCHES_OF_ITS_STREAMS ? prefixes : null;
    try {
      const query = { logGroup, text, ...window, withinMs: SEARCH_MS };
      const { events, isWhole } = await deps.findLogEvents({ ...query, streamPrefixes: searched });
      for (const { message, stream } of events) {
        const id = requestId.exec(message)?.[1];
        if (id !== undefined && stream !== '') found.set(id, stream);
      }
      isCutOff = !isWhole;
    } catch (error) {
      if (!isAwsError(error)) throw error;
      if (error.kind === 'denied' || error.kind === 'refused') return warnOfUnread(side, error);
      isCutOff = true;
    }
  }
  const missing = wanted.filter((id) => !found.has(id)).length;
  return missing > 0 && isCutOff ? warnOfMissing(side, missing, wanted.length) : null;
}

function warnOfUnread({ logGroup }: MeasuredSide, error: AwsError): Warning {
  return toWarning({ code: 'log-streams-unread', logGroup, ...unreadLog(error) });
}

function warnOfMissing({ logGroup }: MeasuredSide, missing: number, invocations: number): Warning {
  return toWarning({ code: 'log-streams-partly-read', logGroup, missing, invocations });
}
