import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { Deps, InvokeReply } from '../../../contract/shared/deps.ts';
import type { Observation } from '../../../contract/shared/observation.ts';
import type { StageInput } from '../../../contract/tune/stages.ts';
import type { Awaited, Slice } from '../../../contract/tune/state.ts';
import {
  givenUpSizes,
  LONGEST_WAIT_SECONDS,
  mayOutlast,
  queuedSizes,
} from '../../../core/measure/long-sizes.ts';
import type { ScheduledInvocation } from '../../../core/measure/schedule.ts';
import { invocationIndex } from '../../../core/payload/invocation-index.ts';
import { mostUsd, observationUsd, type SpendingTerms } from '../../../core/measure/spending.ts';
import type { NotMadeReason } from '../../../words/refusals/run-refusals.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { lost, observe } from '../../target/observe.ts';
import { countsErrors } from '../counts-errors.ts';
import { variedPayload } from '../../target/vary-payload.ts';
import type { StageContext } from '../../target/stage.ts';
import { AnswerRoom } from '../../target/answer-room.ts';
import { CallTime } from '../../target/call-time.ts';
import { ExecutionWatch } from '../../target/execution-watch.ts';
import { invokeMeasured, type CallLimits, type MeasuredReply } from './invoke-measured.ts';
import { Lanes } from '../../target/lanes.ts';
import type { LateLogs, SearchedRequest } from '../../target/late-logs.ts';

export type MeasureDeps = Pick<
  Deps,
  | 'invoke'
  | 'invokeAsynchronously'
  | 'setEventInvokeConfig'
  | 'findLogEvents'
  | 'readObject'
  | 'readExecutionStatus'
  | 'now'
  | 'sleep'
  | 'onProgress'
>;

export interface SliceRequest {
  readonly state: StageInput<'Measure'>;
  readonly bounds: Slice;
  readonly planned: readonly ScheduledInvocation[];
  /** What was observed before this slice. */
  readonly before: readonly Observation[];
  readonly terms: SpendingTerms;
  readonly budgetUsd: number;
  readonly payloads: readonly string[];
  readonly lateLogs: LateLogs;
  readonly deps: MeasureDeps;
  readonly context: StageContext;
}

export interface MeasuredSlice {
  readonly observations: readonly Observation[];
  /** Index of the first scheduled invocation that was not made. */
  readonly next: number;
  /** Those behind it that were: they overtook one that was throttled until the end of a call. */
  readonly made: readonly number[];
  readonly concurrency: number;
  /** Of the observations that were answered: their logs tell which environment served them. */
  readonly requestIds: ReadonlyMap<Observation, string>;
  /** Queued invocations that may still run. */
  readonly awaited: readonly Awaited[];
}

/**
 * Makes the invocations of a slice, a bounded number at a time. Nothing starts once the execution has ended,
 * whatever ended it: nobody reads what comes of it. Nothing starts that could exceed the
 * budget: the worst case of everything under way is set aside until its true cost is known. Nothing
 * starts that could outlast the call; what was throttled until then is left to the next one, which passes
 * over those that overtook it.
 */
export async function measureSlice(request: SliceRequest): Promise<MeasuredSlice> {
  const { state, bounds, planned, before, terms, deps, context } = request;
  const observations: Observation[] = [];
  const lanes = new Lanes(state.concurrency);
  const { measureTimeoutSeconds, preProcessor, postProcessor } = state.input;
  const processors = [preProcessor, postProcessor].filter((each) => each !== undefined).length;
  const waitSeconds = Math.min(measureTimeoutSeconds, LONGEST_WAIT_SECONDS);
  const invocationMs = (waitSeconds + 15) * 1000;
  const time = new CallTime(context, { invocationMs, processors });
  const watch = new ExecutionWatch(deps, state.run);
  const room = new AnswerRoom(processors === 0 ? null : (context.ownFunction?.memoryMb ?? null));
  let hopeless = givenUpSizes(state.input, before);
  let queued = queuedSizes(state.input, before);
  const begunSizes = new Set<number>();
  const endedSizes = new Set(before.map(({ memoryMb }) => memoryMb));
  let leftUsd = request.budgetUsd;
  let spentUsd = state.input.maxUsd - request.budgetUsd;
  let next = bounds.from;
  let burst: number | null = null;
  const notMade: number[] = [];
  /** Left to the queue. */
  const notHere: number[] = [];
  const requestIds = new Map<Observation, string>();
  const made = new Set(bounds.made);
  let begun = false;
  let whyNot: NotMadeReason | null = null;
  for (; next < bounds.to; next++) {
    const invocation = planned[next] as ScheduledInvocation;
    const { memoryMb } = invocation;
    if (made.has(next) || hopeless.has(memoryMb)) continue;
    // One that is too long to be waited for is enough to know it; those of a burst start together.
    const isFirst = begunSizes.has(memoryMb) && !endedSizes.has(memoryMb);
    if (isFirst && mayOutlast(state.input) && invocation.burst === null) await lanes.idle();
    if (queued.has(memoryMb)) {
      notHere.push(next);
      continue;
    }
    if (hopeless.has(memoryMb)) continue;
    // A burst is alone: an environment left warm by another one would serve its cold start.
    if (invocation.burst !== burst) await lanes.idle();
    burst = invocation.burst;
    await lanes.free(room.most);
    const reservedUsd = mostUsd(memoryMb, terms);
    if (reservedUsd > leftUsd) await lanes.idle();
    if (reservedUsd > leftUsd || lanes.hasFailed || notMade.length > 0) break;
    if (!(await watch.goesOn())) break;
    if (!time.fitsAnother()) {
      if (!begun) whyNot = { kind: 'call-began-late' };
      break;
    }
    begun = true;
    begunSizes.add(memoryMb);
    leftUsd -= reservedUsd;
    const index = next;
    lanes.run(async () => {
      const under = { time, watch, room, lanes, requestIds };
      const observation = await makeOne(request, { ...invocation, index }, under);
      if ('kind' in observation) {
        notMade.push(index);
        whyNot = observation.why;
        leftUsd += reservedUsd;
        return;
      }
      made.add(index);
      observations.push(observation);
      endedSizes.add(memoryMb);
      if (observation.outcome !== 'ok') {
        hopeless = givenUpSizes(state.input, [...before, ...observations]);
        queued = queuedSizes(state.input, [...before, ...observations]);
      }
      const usd = observationUsd(observation, terms);
      leftUsd += reservedUsd - usd;
      spentUsd += usd;
      deps.onProgress({
        memoryMb,
        done: bounds.from + observations.length,
        planned: planned.length,
        usd: spentUsd,
        observation,
      });
    });
  }
  await lanes.finish();
  // Another call of Measure would come no further.
  if (whyNot !== null && observations.length === 0) throw neverMade(state, whyNot);
  next = Math.min(next, ...notMade, ...notHere);
  const ahead = [...made].filter((index) => index > next).toSorted((a, b) => a - b);
  return { observations, next, made: ahead, concurrency: lanes.width, requestIds, awaited: [] };
}

/** What the invocations of a slice have in common while they are made. */
interface SliceUnderWay extends CallLimits {
  readonly lanes: Lanes;
  /** To be filled. */
  readonly requestIds: Map<Observation, string>;
}

async function makeOne(
  request: SliceRequest,
  invocation: ScheduledInvocation & { readonly index: number },
  { lanes, requestIds, ...limits }: SliceUnderWay,
): Promise<Observation | NotMade> {
  const { state, deps, lateLogs } = request;
  const { memoryMb, payload } = invocation;
  const sentMs = deps.now();
  const sent = { memoryMb, payload, atMs: sentMs - Date.parse(state.run.startedAt) };
  const version = versionOf(state, invocation);
  const reply = await invokeMeasured(
    deps,
    state,
    {
      functionName: state.target.functionName,
      qualifier: version,
      payload: payloadOf(request, invocation),
    },
    limits,
    () => {
      lanes.narrow();
    },
  );
  if (reply.kind === 'not-made') return reply;
  const seen = toObservation(reply, sent, state);
  const observation =
    reply.kind === 'answered' && seen.outcome === 'lost'
      ? counted(
          await lateLogs.observe(
            state.target,
            { reply, sent, sentMs, streams: ownStreams(state, [version]) },
            () => limits.time.leftMs(),
          ),
          reply,
          state,
        )
      : seen;
  if (reply.kind === 'answered') requestIds.set(observation, reply.requestId);
  // The end of the call cuts a pause short: the next one begins somewhat later anyway.
  const pauseMs = Math.min(state.input.pauseMs, limits.time.leftMs());
  if (pauseMs > 0) await deps.sleep(pauseMs);
  return observation;
}

type NotMade = Extract<MeasuredReply, { kind: 'not-made' }>;

/** A whole call of Measure went by without a single invocation. */
function neverMade({ target, input }: StageInput<'Measure'>, why: NotMadeReason): PowerdialError {
  return toRefusal({
    code: 'no-time-for-one',
    function: target.functionName,
    timeoutSeconds: input.measureTimeoutSeconds,
    why,
  });
}

function toObservation(
  reply: InvokeReply,
  sent: Pick<Observation, 'memoryMb' | 'payload' | 'atMs'>,
  state: StageInput<'Measure'>,
): Observation {
  switch (reply.kind) {
    case 'answered':
      return counted(observe(reply, sent), reply, state);
    case 'lost':
      return lost(sent);
    case 'throttled':
      throw targetBusy(state, sent.memoryMb, reply.reason);
    case 'refused':
      if (reply.error.kind === 'not-found') {
        throw toRefusal(
          {
            code: 'version-gone',
            function: state.target.functionName,
            memoryMb: sent.memoryMb,
            queued: false,
          },
          reply.error,
        );
      }
      throw reply.error;
  }
}

/**
 * What a function is allowed to throw, and threw at its trial, is what it does with this payload: in the
 * peer's input its durations count, as with the peer.
 */
function counted(
  observation: Observation,
  { errorType }: Extract<InvokeReply, { kind: 'answered' }>,
  { input, trial }: StageInput<'Measure'>,
): Observation {
  if (observation.outcome !== 'error' || !countsErrors(input, trial)) return observation;
  return input.ignoreErrors?.includes(errorType ?? '') === true
    ? { ...observation, outcome: 'ok' }
    : observation;
}

/** Its invocations have been throttled for as long as a run waits. */
export function targetBusy(
  { target }: StageInput<'Measure'>,
  memoryMb: number,
  answer: string,
): PowerdialError {
  return toRefusal({
    code: 'throttled-too-long',
    function: target.functionName,
    memoryMb,
    answer,
  });
}

/** What an invocation is sent, filled in where payloads vary. */
export function payloadOf(
  { state, payloads }: SliceRequest,
  { payload, index }: { readonly payload: number; readonly index: number },
): string {
  const text = payloads[payload] ?? '{}';
  return state.input.varyPayload
    ? variedPayload(text, invocationIndex(state.round.number, index))
    : text;
}

/** Environments of the run's own versions can have been started since the run was. */
export function ownStreams(
  { run }: StageInput<'Measure'>,
  versions: readonly string[],
): NonNullable<SearchedRequest['streams']> {
  return { versions, startedFromMs: Date.parse(run.startedAt) };
}

/** The version that a scheduled invocation goes to. */
export function versionOf(
  state: StageInput<'Measure'>,
  { memoryMb, version }: ScheduledInvocation,
): string {
  const own = state.publishing.variants.filter(
    (each) => each.memoryMb === memoryMb && each.version !== null,
  );
  return own[version]?.version ?? own[0]?.version ?? '';
}
