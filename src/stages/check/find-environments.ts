import { isAwsError } from '../../contract/aws-error.ts';
import type { CheckDeps } from '../../contract/check-deps.ts';
import type { CheckStageInput, MeasuredSide } from '../../contract/check-stages.ts';
import type { CheckObservation } from '../../contract/check.ts';
import type { Warning } from '../../contract/state.ts';
import type { Ended } from './ended-as.ts';
import { sideOf } from './side-of.ts';

/** An invocation that was made; without a request id nothing tells where it ran. */
export interface Invoked {
  readonly side: 'base' | 'head';
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

/** A search of the log group, as long as it may take. */
const SEARCH_MS = 5000;

/** Clocks of two machines differ a little. */
const CLOCK_SKEW_MS = 60_000;

/** The line about an invocation's end, and where its request id stands in it. */
const REPORTS = {
  Text: { text: 'REPORT RequestId:', requestId: /RequestId:\s*([0-9a-f-]{36})/ },
  JSON: { text: 'platform.report', requestId: /"requestId"\s*:\s*"([0-9a-f-]{36})"/ },
} as const;

/**
 * Tells which environment served each invocation: the log stream of its report, found for all of them
 * in one search of the window in which they ran. What is not found stays `null`.
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
  const byRequest = new Map<string, string>();
  const warnings: Warning[] = [];
  const groups = new Map<string, MeasuredSide>();
  for (const side of [sides.base, sides.head]) if (side !== null) groups.set(side.logGroup, side);
  for (const [logGroup, side] of groups) {
    const wanted = invoked.flatMap((each) =>
      each.requestId !== null && sideOf(sides, each.side).logGroup === logGroup
        ? [each.requestId]
        : [],
    );
    try {
      await search(deps, side, wanted, { fromMs: fromMs - CLOCK_SKEW_MS, leftMs }, byRequest);
    } catch (error) {
      if (!isAwsError(error)) throw error;
      const message = `The log streams of ${logGroup} cannot be read (${error.action}: ${error.message}), so nothing tells which environment served an invocation. Each is presumed to differ by 5 % from the others, and the cold starts seen count as their number; more invocations are needed for the same verdict. docs/ci.md lists the permission.`;
      warnings.push({ code: 'log-streams-unread', message });
    }
  }
  const observations = invoked.map(({ side, requestId, observation }) => {
    const stream = requestId === null ? undefined : byRequest.get(requestId);
    const known = streams[side];
    if (stream !== undefined && !known.includes(stream)) known.push(stream);
    const environment = stream === undefined ? null : known.indexOf(stream);
    return { side, observation: { ...observation, environment } };
  });
  return { observations, streams, warnings };
}

async function search(
  deps: CheckDeps,
  { logGroup, logFormat }: MeasuredSide,
  wanted: readonly string[],
  { fromMs, leftMs }: { readonly fromMs: number; readonly leftMs: () => number },
  found: Map<string, string>,
): Promise<void> {
  const { text, requestId } = REPORTS[logFormat];
  for (const waitMs of WAITS_MS) {
    if (wanted.every((id) => found.has(id)) || leftMs() < waitMs + SEARCH_MS) return;
    if (waitMs > 0) await deps.sleep(waitMs);
    const toMs = deps.now() + CLOCK_SKEW_MS;
    for (const event of await deps.findLogEvents({ logGroup, text, fromMs, toMs })) {
      const id = requestId.exec(event.message)?.[1];
      if (id !== undefined && event.stream !== '') found.set(id, event.stream);
    }
  }
}
