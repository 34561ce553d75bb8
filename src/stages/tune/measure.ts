import type { Observation } from '../../contract/shared/observation.ts';
import { parseInput } from '../../contract/tune/parse-input.ts';
import { isPeerInput } from '../../contract/tune/peer-input.ts';
import type { StageInput } from '../../contract/tune/stages.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import type { Slice } from '../../contract/tune/state.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import type { Prices } from '../../core/cost/prices.ts';
import { stageCost } from '../../core/cost/workflow-cost.ts';
import { givenUpSizes, queuedSizes } from '../../core/measure/long-sizes.ts';
import { MAX_SLICE, nextSlice } from '../../core/measure/next-slice.ts';
import { schedule, type ScheduledInvocation } from '../../core/measure/schedule.ts';
import { spendingTerms, sumSpent, type SpendingTerms } from '../../core/measure/spending.ts';
import { stateTransitions } from '../../core/measure/transitions.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';
import type { Surface } from '../../words/trial-advice.ts';
import { payloadHashes, payloadsOf } from './inspect/settle-payloads.ts';
import { trialFailed } from './inspect/try-once.ts';
import { isEmbedded } from '../target/lease.ts';
import { LateLogs } from '../target/late-logs.ts';
import { countFailures } from './measure/count-failures.ts';
import { measureQueued } from './measure/measure-queued.ts';
import { tellEnvironments } from './measure/tell-environments.ts';
import { measureSlice } from './measure/measure-slice.ts';
import type { MeasureDeps, MeasuredSlice, SliceRequest } from './measure/slice-request.ts';
import { packObservations, unpackObservations } from './observation-codec.ts';
import type { StageContext } from '../target/stage.ts';
import type { Stage } from './stage.ts';
import { withTrial } from './with-trial.ts';

type State = StageInput<'Measure'>;

/**
 * Carries out a slice of the round's schedule: as far as the budget allows and the time of this call
 * lasts. Returns the next slice, or `null` when the round is done.
 */
export const measure: Stage<'Measure', MeasureDeps> = async (state, deps, context) => {
  refuseLateLease(state, deps.now());
  const { input, target, publishing, round, trial, lost } = state;
  const terms = spendingTerms(target, input.measureTimeoutSeconds);
  const before = unpackObservations(state.observations);
  const workflowUsd = mostWorkflowUsd(state, context, terms.prices, deps.now());
  const left = (observations: readonly Observation[]): number =>
    input.maxUsd - sumSpent(withTrial(observations, trial), lost, terms).usd - workflowUsd;
  const ready = new Set(
    publishing.variants.filter((each) => each.outcome === 'ready').map((each) => each.memoryMb),
  );
  const planned = schedule(round, {
    seed: input.seed,
    weights: input.payloads.map((payload) => payload.weight),
    concurrency: input.concurrency,
  }).filter(({ memoryMb }) => ready.has(memoryMb));
  const slice = state.slice ?? { from: 0, to: 0, worstCaseUsd: 0, made: [] };
  const bounds = widen(slice, planned, left(before), terms);
  const lateLogs = new LateLogs(deps);
  const request = {
    state,
    bounds,
    planned,
    before,
    terms,
    budgetUsd: left(before),
    payloads: await payloads(state.source, input, deps),
    lateLogs,
    deps,
    context,
  };
  const begunMs = deps.now();
  const measured = isQueuesTurn(state, request)
    ? await measureQueued({ ...request, awaited: state.awaited })
    : await measureSlice(request);
  refuseSecondFailure(state, measured, context.surface);
  const told = await tellEnvironments(deps, state, measured.observations, measured.requestIds, {
    fromMs: begunMs,
    leftMs: context.remainingMs,
  });
  const observations = [...before, ...told];
  const remaining = passOver(input, planned, measured, observations);
  const next = nextSlice(planned, remaining, left(observations), terms, measured.made);
  const waiting = measured.awaited.length > 0;
  const unaffordable = next === null && !waiting && remaining < planned.length;
  return {
    observations: packObservations(observations),
    // What is awaited keeps the round open, though nothing new may start.
    slice: next ?? (waiting ? { from: remaining, to: remaining, worstCaseUsd: 0, made: [] } : null),
    awaited: [...measured.awaited],
    failures: [...countFailures(state.failures, measured, input.logPayloads)],
    concurrency: measured.concurrency,
    warnings: [
      ...lateLogs.warnings(),
      ...(unaffordable ? [budgetReached(input.maxUsd, planned.length - remaining)] : []),
    ],
  };
};

/**
 * Tells what the workflow itself has cost by the end of this call, at most: in the cloud that is a part of
 * what the run spends, and of what is set aside. The exact number of transitions is known at the end only.
 */
function mostWorkflowUsd(
  state: State,
  { remainingMs, ownFunction }: StageContext,
  prices: Prices,
  nowMs: number,
): number {
  if (ownFunction === undefined) return 0;
  const { run, round, publishing, lost, input } = state;
  const endSeconds = (nowMs - Date.parse(run.startedAt) + remainingMs()) / 1000;
  const transitions = stateTransitions({
    rounds: round.number,
    setMemoryCalls: publishing.calls,
    waits: publishing.waits,
    restoreCalls: publishing.restores,
    measureCalls: round.number + lost.slices + callsSoFar(state, endSeconds),
    lostSlices: lost.slices,
    applies: input.apply !== false,
  });
  return transitions * prices.usdPerStateTransition + stageCost(ownFunction, endSeconds).usd;
}

/**
 * Tells whether this call hands invocations to Lambda's queue, or waits for them: once nothing of the slice
 * is left that can be waited for, and until everything has come that the queue was given.
 */
function isQueuesTurn(
  { input, awaited }: State,
  { bounds, planned, before }: Pick<SliceRequest, 'bounds' | 'planned' | 'before'>,
): boolean {
  if (awaited.length > 0) return true;
  const queued = queuedSizes(input, before);
  if (queued.size === 0) return false;
  const givenUp = givenUpSizes(input, before);
  const made = new Set(bounds.made);
  return !planned
    .slice(bounds.from, bounds.to)
    .some(
      ({ memoryMb }, index) =>
        !made.has(bounds.from + index) && !queued.has(memoryMb) && !givenUp.has(memoryMb),
    );
}

/** A call ends with its slice, or with its time. */
function callsSoFar({ observations, input }: State, seconds: number): number {
  const made = unpackObservations(observations).length;
  // What is too long for the rest of a call is left to the next one, which then has its whole time.
  const shortestSeconds = Math.min(450, Math.max(20, 840 - input.measureTimeoutSeconds));
  return Math.ceil(made / MAX_SLICE) + Math.ceil(seconds / shortestSeconds);
}

function budgetReached(maxUsd: number, notMade: number): Warning {
  return toWarning({ code: 'budget-reached', maxUsd, notMade });
}

/** An empty slice is the first call's, or what a lost slice leaves: the next one starts where it ends. */
function widen(
  slice: Slice,
  planned: readonly ScheduledInvocation[],
  budgetUsd: number,
  terms: SpendingTerms,
): Slice {
  return slice.to > slice.from
    ? slice
    : (nextSlice(planned, slice.from, budgetUsd, terms, slice.made) ?? slice);
}

/**
 * Tells where the schedule goes on once what was made, and everything left for hopeless sizes, is passed
 * over.
 */
function passOver(
  input: SettledInput,
  planned: readonly ScheduledInvocation[],
  measured: MeasuredSlice,
  observations: readonly Observation[],
): number {
  const hopeless = givenUpSizes(input, observations);
  const made = new Set(measured.made);
  const next = planned.findIndex(
    ({ memoryMb }, index) => index >= measured.next && !made.has(index) && !hopeless.has(memoryMb),
  );
  return next === -1 ? planned.length : next;
}

async function payloads(
  source: unknown,
  settled: SettledInput,
  deps: MeasureDeps,
): Promise<readonly string[]> {
  const parsed = parseInput(source);
  if (parsed.kind === 'invalid') {
    throw toRefusal({ code: 'invalid-input', problems: parsed.problems });
  }
  const found = await payloadsOf(parsed.input, deps);
  const expected = settled.payloads.map((each) => each.sha256).join();
  if (
    expected !==
    payloadHashes(found, false)
      .map((each) => each.sha256)
      .join()
  ) {
    throw toRefusal({
      code: 'payload-object-changed',
      uri: parsed.input.payloadS3 ?? '',
    });
  }
  return found.map(({ text }) => text);
}

/**
 * Returns the second trial, at a larger size, failed like the first one: nothing is measured.
 *
 * @throws {PowerdialError} TrialFailed with the function's own error
 */
function refuseSecondFailure(
  { trial, round, target, input, source }: State,
  { failures }: MeasuredSlice,
  surface: Surface = isPeerInput(source) ? 'peer-input' : 'input',
): void {
  if (trial?.failed !== true || round.number !== 1) return;
  for (const [{ memoryMb, outcome }, reply] of failures) {
    if (outcome !== 'error' || memoryMb <= trial.memoryMb) continue;
    if (input.ignoreErrors?.includes(reply.errorType ?? '') === true) continue;
    throw trialFailed(target, reply, surface, [trial.memoryMb, memoryMb]);
  }
}

/** An embedded run that slept past its claim may have been taken for dead: it stops. */
function refuseLateLease({ run, publishing, target }: State, nowMs: number): void {
  if (isEmbedded(run) && nowMs > Date.parse(publishing.until)) {
    throw toRefusal({
      code: 'lease-over',
      function: target.functionName,
      until: publishing.until,
    });
  }
}
