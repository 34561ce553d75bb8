import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { Observation } from '../../../contract/shared/observation.ts';
import type { Awaited } from '../../../contract/tune/state.ts';
import { givenUpSizes, queuedSizes } from '../../../core/measure/long-sizes.ts';
import type { ScheduledInvocation } from '../../../core/measure/schedule.ts';
import { mostUsd, observationUsd } from '../../../core/measure/spending.ts';
import { NO_REPLY } from '../../../core/platform-log/outcome-of.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { lost, observeLog } from '../../target/observe.ts';
import { ExecutionWatch } from '../../target/execution-watch.ts';
import { THROTTLED_FOR_MS } from './invoke-measured.ts';
import {
  ownStreams,
  payloadOf,
  targetBusy,
  versionOf,
  type MeasuredSlice,
  type SliceRequest,
} from './slice-request.ts';
import { CLOCK_SKEW_MS } from '../../target/late-logs.ts';

/** FilterLogEvents allows 5 requests a second in the slowest region. */
const POLL_MS = { least: 2000, unknown: 10_000, most: 30_000 } as const;
const BETWEEN_QUERIES_MS = 250;
const RESERVE_MS = 30_000;
const THROTTLED_PAUSE_MS = 2000;

/** An event may wait for a minute, and its log for longer: after that its invocation is lost. */
const QUEUED_FOR_MS = 60_000;
const LATE_MS = QUEUED_FOR_MS + 180_000;

/** Where the log says nothing of an error, the runtime's own lines do (text format, errors of handlers). */
const ERROR_LINES = /\tERROR\tInvoke Error|\[ERROR\]|"errorType"\s*:/;

/**
 * Makes the invocations of a slice through Lambda's own queue and reads their logs: for sizes at which one
 * ran for longer than a call of Measure can wait. What is still running at the end of the call is handed on.
 */
export async function measureQueued(
  request: SliceRequest & { readonly awaited: readonly Awaited[] },
): Promise<MeasuredSlice> {
  const { state, bounds, planned, before, terms, deps, context } = request;
  const observations: Observation[] = [];
  let awaited: readonly Awaited[] = request.awaited;
  const made = new Set(bounds.made);
  const notHere: number[] = [];
  const queued = queuedSizes(state.input, before);
  let hopeless = givenUpSizes(state.input, before);
  let leftUsd = request.budgetUsd - sum(awaited.map(({ memoryMb }) => mostUsd(memoryMb, terms)));
  let next = bounds.from;
  const watch = new ExecutionWatch(deps, state.run);
  await prepareVersions(request);
  while (context.remainingMs() > RESERVE_MS && (await watch.goesOn())) {
    while (next < bounds.to && awaited.length < state.concurrency) {
      const invocation = planned[next] as ScheduledInvocation;
      // Others are waited for, in a call of their own.
      if (made.has(next) || !queued.has(invocation.memoryMb)) {
        if (!made.has(next)) notHere.push(next);
        next += 1;
        continue;
      }
      const reservedUsd = mostUsd(invocation.memoryMb, terms);
      if (reservedUsd > leftUsd) break;
      if (!hopeless.has(invocation.memoryMb)) {
        const sent = await send(request, { ...invocation, index: next }, watch);
        if (sent === null) break;
        leftUsd -= reservedUsd;
        made.add(next);
        awaited = [...awaited, sent];
      }
      next += 1;
    }
    if (awaited.length === 0 || context.remainingMs() <= RESERVE_MS) break;
    await deps.sleep(pollMs(awaited, [...before, ...observations]));
    const still: Awaited[] = [];
    for (const each of awaited) {
      const late = context.remainingMs() <= RESERVE_MS;
      const observation = late ? null : await lookUp(request, each);
      if (observation === null) {
        still.push(each);
        continue;
      }
      observations.push(observation);
      leftUsd += mostUsd(each.memoryMb, terms) - observationUsd(observation, terms);
      deps.onProgress({
        memoryMb: each.memoryMb,
        done: next - still.length,
        planned: planned.length,
        usd: state.input.maxUsd - leftUsd,
        observation,
      });
      await deps.sleep(BETWEEN_QUERIES_MS);
    }
    awaited = still;
    hopeless = givenUpSizes(state.input, [...before, ...observations]);
  }
  const first = Math.min(next, ...notHere);
  return {
    observations,
    next: first,
    made: [...made].filter((index) => index > first).toSorted((a, b) => a - b),
    concurrency: state.concurrency,
    requestIds: new Map(),
    failures: new Map(),
    awaited,
  };
}

/**
 * Tells how long until the logs are asked again: a tenth of what the shortest invocation of these sizes took,
 * for one that takes 14 minutes need not be asked for every few seconds.
 */
function pollMs(awaited: readonly Awaited[], seen: readonly Observation[]): number {
  const sizes = new Set(awaited.map(({ memoryMb }) => memoryMb));
  const shortestMs = Math.min(
    ...seen.flatMap(({ memoryMb, durationMs }) =>
      sizes.has(memoryMb) && durationMs !== null ? [durationMs] : [],
    ),
  );
  if (shortestMs === Infinity) return POLL_MS.unknown;
  return Math.min(POLL_MS.most, Math.max(POLL_MS.least, shortestMs / 10));
}

/** An event of ours is tried once and not after a minute; the setting goes with the version. */
async function prepareVersions({
  state,
  before,
  deps,
}: Pick<SliceRequest, 'state' | 'before' | 'deps'>): Promise<void> {
  // While something is awaited, they are prepared: the queue's turn lasts until everything has come.
  if (state.awaited.length > 0) return;
  const queued = queuedSizes(state.input, before);
  for (const { memoryMb, version } of state.publishing.variants) {
    if (version !== null && queued.has(memoryMb)) {
      await deps.setEventInvokeConfig({ functionName: state.target.functionName, version });
    }
  }
}

/**
 * Tells what was handed to the queue; `null` where it was throttled until the end of this call or of the run:
 * it will not run.
 */
async function send(
  request: SliceRequest,
  invocation: ScheduledInvocation & { readonly index: number },
  watch: ExecutionWatch,
): Promise<Awaited | null> {
  const { state, deps, context } = request;
  const { memoryMb, payload } = invocation;
  const triedMs = deps.now();
  while (context.remainingMs() > RESERVE_MS && (await watch.goesOn())) {
    const atMs = deps.now() - Date.parse(state.run.startedAt);
    const reply = await deps.invokeAsynchronously({
      functionName: state.target.functionName,
      qualifier: versionOf(state, invocation),
      payload: payloadOf(request, invocation),
    });
    switch (reply.kind) {
      case 'accepted':
        return { requestId: reply.requestId, memoryMb, payload, atMs };
      case 'throttled':
        if (deps.now() - triedMs >= THROTTLED_FOR_MS) {
          throw targetBusy(state, memoryMb, reply.reason);
        }
        await deps.sleep(THROTTLED_PAUSE_MS);
        break;
      case 'lost':
        // It may have been queued: without its id its log cannot be told from others.
        return { requestId: '', memoryMb, payload, atMs };
      case 'refused':
        throw reply.error.kind === 'not-found'
          ? versionGone(state.target.functionName, memoryMb)
          : reply.error;
    }
  }
  return null;
}

/** Returns the finished invocation; `null` while it may still run. */
async function lookUp(request: SliceRequest, each: Awaited): Promise<Observation | null> {
  const { state, deps, lateLogs } = request;
  const startedAtMs = Date.parse(state.run.startedAt) + each.atMs;
  const { requestId, ...sent } = each;
  const longestMs = state.input.measureTimeoutSeconds * 1000;
  const isOver = deps.now() - startedAtMs > QUEUED_FOR_MS + longestMs;
  const log =
    requestId === ''
      ? ''
      : await lateLogs.find(state.target, {
          requestId,
          fromMs: startedAtMs - CLOCK_SKEW_MS,
          toMs: Math.min(deps.now(), startedAtMs + QUEUED_FOR_MS + longestMs) + CLOCK_SKEW_MS,
          // What should be there by now is searched for everywhere, should its streams be called otherwise.
          streams: isOver ? null : ownStreams(state, versionsOf(state, each.memoryMb)),
        });
  const observation = observeLog(log, requestId, NO_REPLY, sent);
  if (observation.outcome !== 'lost') {
    const failed = observation.outcome === 'ok' && ERROR_LINES.test(log);
    return failed ? { ...observation, outcome: 'error' } : observation;
  }
  return deps.now() - startedAtMs > longestMs + LATE_MS ? lost(sent) : null;
}

function versionsOf({ publishing }: SliceRequest['state'], memoryMb: number): readonly string[] {
  const own = publishing.variants.filter((each) => each.memoryMb === memoryMb);
  return own.flatMap(({ version }) => version ?? []);
}

function versionGone(functionName: string, memoryMb: number): PowerdialError {
  return toRefusal({
    code: 'version-gone',
    function: functionName,
    memoryMb,
    queued: true,
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
