import type { PowerdialError } from '../../../contract/shared/errors.ts';
import type { Observation } from '../../../contract/shared/observation.ts';
import type { StageInput } from '../../../contract/tune/stages.ts';
import { LONGEST_WAIT_SECONDS } from '../../../core/measure/long-sizes.ts';
import type { ScheduledInvocation } from '../../../core/measure/schedule.ts';
import { mostUsd, observationUsd } from '../../../core/measure/spending.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import type { NotMadeReason } from '../../../words/refusals/run-refusals.ts';
import { AnswerRoom } from '../../target/answer-room.ts';
import { CallTime } from '../../target/call-time.ts';
import { ExecutionWatch } from '../../target/execution-watch.ts';
import { Lanes } from '../../target/lanes.ts';
import { EnvironmentsInSlice } from './environments-in-slice.ts';
import { makeOne } from './make-one.ts';
import { SizesInSlice } from './sizes-in-slice.ts';
import type { Answered, MeasuredSlice, SliceRequest } from './slice-request.ts';

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
  const sizes = new SizesInSlice(state.input, before);
  const environments = new EnvironmentsInSlice(state.input, before);
  let leftUsd = request.budgetUsd;
  let spentUsd = state.input.maxUsd - request.budgetUsd;
  let next = bounds.from;
  let burst: number | null = null;
  const notMade: number[] = [];
  /** Left to the queue. */
  const notHere: number[] = [];
  const requestIds = new Map<Observation, string>();
  const failures = new Map<Observation, Answered>();
  const made = new Set(bounds.made);
  let begun = false;
  let whyNot: NotMadeReason | null = null;
  for (; next < bounds.to; next++) {
    const invocation = planned[next] as ScheduledInvocation;
    const { memoryMb } = invocation;
    if (made.has(next) || sizes.isGivenUp(memoryMb)) continue;
    // One that is too long to be waited for is enough to know it; those of a burst start together.
    if (sizes.awaitsFirst(memoryMb) && invocation.burst === null) await lanes.idle();
    if (invocation.burst === null) await lanes.until(() => environments.hasRoom(memoryMb));
    if (sizes.isQueued(memoryMb)) {
      notHere.push(next);
      continue;
    }
    if (sizes.isGivenUp(memoryMb)) continue;
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
    sizes.begin(memoryMb);
    environments.begin(memoryMb);
    leftUsd -= reservedUsd;
    const index = next;
    lanes.run(async () => {
      const under = { time, watch, room, lanes, requestIds, failures };
      const observation = await makeOne(request, { ...invocation, index }, under);
      environments.end(memoryMb, 'kind' in observation ? null : observation);
      if ('kind' in observation) {
        notMade.push(index);
        whyNot = observation.why;
        leftUsd += reservedUsd;
        return;
      }
      made.add(index);
      observations.push(observation);
      sizes.end(observation);
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
  const { width: concurrency } = lanes;
  return { observations, next, made: ahead, concurrency, requestIds, failures, awaited: [] };
}

/** A whole call of Measure went by without a single invocation. */
function neverMade({ target, input }: StageInput<'Measure'>, why: NotMadeReason): PowerdialError {
  return toRefusal({
    code: 'no-time-for-one',
    function: target.functionName,
    timeoutSeconds: input.measureTimeoutSeconds,
    why,
  });
}
