import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { Deps } from '../../../contract/shared/deps.ts';
import type { Observation } from '../../../contract/shared/observation.ts';
import type { StageInput } from '../../../contract/tune/stages.ts';
import { streamPrefixes } from '../../../core/platform-log/stream-prefixes.ts';
import { CLOCK_SKEW_MS } from '../../target/late-logs.ts';

/** Log lines take a few seconds to be found; what is not there by then stays unknown. */
const WAITS_MS = [0, 2000, 4000] as const;
/** The longest search of one group of versions. */
const SEARCH_MS = 5000;
/** For fewer observations than this nobody waits: a budget that lasts for a few makes many small calls. */
const WORTH_WAITING = 20;
/** What Measure needs for its answer. */
const RESERVE_MS = 10_000;
/** How many versions one search names; over two days they take twice as many prefixes. */
const VERSIONS_AT_ONCE = 3;

/** The line about an invocation's end, and where its request id stands in it. */
const REPORTS = {
  Text: { text: 'REPORT RequestId:', requestId: /RequestId:\s*([0-9a-f-]{36})/ },
  JSON: { text: 'platform.report', requestId: /"requestId"\s*:\s*"([0-9a-f-]{36})"/ },
} as const;

/** Environments of one size are told apart by a number of this many values. */
const NUMBERS = 2 ** 24;

/**
 * Tells which environment served each invocation of a call of Measure: the log stream of its report, found in
 * the streams of the run's own versions only. Nothing rests on it that must not fail: what cannot be read or
 * is not found in time stays unknown, and environments are then presumed to differ.
 *
 * @param requestIds of the observations that have one
 * @param fromMs when the first of them was sent
 */
export async function tellEnvironments(
  deps: Pick<Deps, 'findLogEvents' | 'now' | 'sleep'>,
  { target, publishing, run }: StageInput<'Measure'>,
  observations: readonly Observation[],
  requestIds: ReadonlyMap<Observation, string>,
  { fromMs, leftMs }: { readonly fromMs: number; readonly leftMs: () => number },
): Promise<readonly Observation[]> {
  const wanted = new Set(requestIds.values());
  const { text, requestId } = REPORTS[target.logFormat];
  const window = { fromMs: fromMs - CLOCK_SKEW_MS, toMs: deps.now() + CLOCK_SKEW_MS };
  const versions = publishing.variants.flatMap(({ version }) => version ?? []);
  const searches = Array.from(
    { length: Math.ceil(versions.length / VERSIONS_AT_ONCE) },
    (_, index) =>
      streamPrefixes({
        functionName: target.functionName,
        logGroup: target.logGroup,
        versions: versions.slice(index * VERSIONS_AT_ONCE, (index + 1) * VERSIONS_AT_ONCE),
        startedFromMs: Date.parse(run.startedAt),
        startedToMs: window.toMs,
      }),
  );
  const streams = new Map<string, string>();
  for (const waitMs of observations.length < WORTH_WAITING ? [0] : WAITS_MS) {
    if (
      streams.size >= wanted.size ||
      leftMs() < waitMs + searches.length * SEARCH_MS + RESERVE_MS
    ) {
      break;
    }
    if (waitMs > 0) await deps.sleep(waitMs);
    for (const prefixes of searches) {
      // Without prefixes everybody else's lines of a live function would be searched.
      if (prefixes === null) continue;
      try {
        const query = { logGroup: target.logGroup, text, ...window, withinMs: SEARCH_MS };
        const { events } = await deps.findLogEvents({ ...query, streamPrefixes: prefixes });
        for (const { message, stream } of events) {
          const id = requestId.exec(message)?.[1];
          if (id !== undefined && stream !== '' && wanted.has(id)) streams.set(id, stream);
        }
      } catch (error) {
        if (!isAwsError(error)) throw error;
        if (error.kind === 'denied' || error.kind === 'refused') return observations;
      }
    }
    if (searches.every((prefixes) => prefixes === null)) break;
  }
  return observations.map((each) => {
    const stream = streams.get(requestIds.get(each) ?? '');
    return stream === undefined ? each : { ...each, environment: numberOf(stream) };
  });
}

/**
 * Returns a number for a log stream that is the same in every call of Measure, so that nothing has to be handed
 * on (FNV-1a).
 */
function numberOf(stream: string): number {
  let hash = 0x811c9dc5;
  for (const letter of stream) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % NUMBERS;
}
