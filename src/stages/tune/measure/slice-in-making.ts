import type { Observation } from '../../../contract/shared/observation.ts';
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

/** An invocation and its place in the schedule of the round. */
type PlacedInvocation = ScheduledInvocation & { readonly index: number };

/** How far a slice has come: what was made, what is under way, and what of the budget is left. */
export class SliceInMaking {
  readonly #request: SliceRequest;
  readonly #lanes: Lanes;
  readonly #time: CallTime;
  readonly #watch: ExecutionWatch;
  readonly #room: AnswerRoom;
  readonly #sizes: SizesInSlice;
  readonly #environments: EnvironmentsInSlice;
  readonly #observations: Observation[] = [];
  readonly #requestIds = new Map<Observation, string>();
  readonly #failures = new Map<Observation, Answered>();
  readonly #made: Set<number>;
  readonly #notMade: number[] = [];
  /** Places of invocations that are left to the queue. */
  readonly #notHere: number[] = [];
  #leftUsd: number;
  #spentUsd: number;
  #burst: number | null = null;
  #hasBegun = false;
  #whyNot: NotMadeReason | null = null;

  constructor(request: SliceRequest) {
    const { state, bounds, before, deps, context, budgetUsd } = request;
    const { measureTimeoutSeconds, preProcessor, postProcessor, maxUsd } = state.input;
    const processors = [preProcessor, postProcessor].filter((each) => each !== undefined).length;
    const waitSeconds = Math.min(measureTimeoutSeconds, LONGEST_WAIT_SECONDS);
    this.#request = request;
    this.#lanes = new Lanes(state.concurrency);
    this.#time = new CallTime(context, { invocationMs: (waitSeconds + 15) * 1000, processors });
    this.#watch = new ExecutionWatch(deps, state.run);
    this.#room = new AnswerRoom(processors === 0 ? null : (context.ownFunction?.memoryMb ?? null));
    this.#sizes = new SizesInSlice(state.input, before);
    this.#environments = new EnvironmentsInSlice(state.input, before);
    this.#made = new Set(bounds.made);
    this.#leftUsd = budgetUsd;
    this.#spentUsd = maxUsd - budgetUsd;
  }

  /** Whether an invocation is still to be made, and by this call: `false` passes over it. */
  async isWanted({ memoryMb, burst, index }: PlacedInvocation): Promise<boolean> {
    if (this.#made.has(index) || this.#sizes.isGivenUp(memoryMb)) return false;
    // One invocation that is too long to be waited for is enough to know it, so the others of its size wait for
    // the first one. Those of a burst start together.
    if (this.#sizes.awaitsFirst(memoryMb) && burst === null) await this.#lanes.idle();
    if (burst === null) await this.#lanes.until(() => this.#environments.hasRoom(memoryMb));
    if (this.#sizes.isQueued(memoryMb)) {
      this.#notHere.push(index);
      return false;
    }
    return !this.#sizes.isGivenUp(memoryMb);
  }

  /** Waits until an invocation may begin; `false` ends the slice. */
  async mayBegin({ memoryMb, burst }: PlacedInvocation): Promise<boolean> {
    // A burst is alone: an environment left warm by another one would serve its cold start.
    if (burst !== this.#burst) await this.#lanes.idle();
    this.#burst = burst;
    await this.#lanes.free(this.#room.most);
    const reservedUsd = mostUsd(memoryMb, this.#request.terms);
    if (reservedUsd > this.#leftUsd) await this.#lanes.idle();
    if (reservedUsd > this.#leftUsd || this.#lanes.hasFailed || this.#notMade.length > 0) {
      return false;
    }
    if (!(await this.#watch.goesOn())) return false;
    if (this.#time.fitsAnother()) return true;
    if (!this.#hasBegun) this.#whyNot = { kind: 'call-began-late' };
    return false;
  }

  /** Begins an invocation, with its worst case set aside until its true cost is known. */
  begin(invocation: PlacedInvocation): void {
    const { memoryMb } = invocation;
    const reservedUsd = mostUsd(memoryMb, this.#request.terms);
    this.#hasBegun = true;
    this.#sizes.begin(memoryMb);
    this.#environments.begin(memoryMb);
    this.#leftUsd -= reservedUsd;
    this.#lanes.run(() => this.#make(invocation, reservedUsd));
  }

  /**
   * Waits for what is under way.
   *
   * @param upTo the first invocation that was not begun
   * @throws {PowerdialError} where a whole call of Measure went by without a single invocation
   */
  async finish(upTo: number): Promise<MeasuredSlice> {
    await this.#lanes.finish();
    const { target, input } = this.#request.state;
    // Another call of Measure would come no further.
    if (this.#whyNot !== null && this.#observations.length === 0) {
      throw toRefusal({
        code: 'no-time-for-one',
        function: target.functionName,
        timeoutSeconds: input.measureTimeoutSeconds,
        why: this.#whyNot,
      });
    }
    const next = Math.min(upTo, ...this.#notMade, ...this.#notHere);
    return {
      observations: this.#observations,
      next,
      made: [...this.#made].filter((index) => index > next).toSorted((a, b) => a - b),
      concurrency: this.#lanes.width,
      requestIds: this.#requestIds,
      failures: this.#failures,
      awaited: [],
    };
  }

  async #make(invocation: PlacedInvocation, reservedUsd: number): Promise<void> {
    const { memoryMb, index } = invocation;
    const observation = await makeOne(this.#request, invocation, {
      time: this.#time,
      watch: this.#watch,
      room: this.#room,
      lanes: this.#lanes,
      requestIds: this.#requestIds,
      failures: this.#failures,
    });
    this.#environments.end(memoryMb, 'kind' in observation ? null : observation);
    if ('kind' in observation) {
      this.#notMade.push(index);
      this.#whyNot = observation.why;
      this.#leftUsd += reservedUsd;
      return;
    }
    this.#made.add(index);
    this.#observations.push(observation);
    this.#sizes.end(observation);
    const usd = observationUsd(observation, this.#request.terms);
    this.#leftUsd += reservedUsd - usd;
    this.#spentUsd += usd;
    this.#tell(observation);
  }

  #tell(observation: Observation): void {
    const { bounds, planned, deps } = this.#request;
    deps.onProgress({
      memoryMb: observation.memoryMb,
      done: bounds.from + this.#observations.length,
      planned: planned.length,
      usd: this.#spentUsd,
      observation,
    });
  }
}
