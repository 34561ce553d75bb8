import type { Observation } from '../../../contract/shared/observation.ts';
import type { Awaited } from '../../../contract/tune/state.ts';
import { givenUpSizes, queuedSizes } from '../../../core/measure/long-sizes.ts';
import { mostUsd, observationUsd } from '../../../core/measure/spending.ts';
import { ExecutionWatch } from '../../target/execution-watch.ts';
import type { MeasuredSlice, SliceRequest } from './slice-request.ts';
import { RESERVE_MS, send, lookUp } from './queued-invocation.ts';

/** FilterLogEvents allows 5 requests a second in the slowest region. */
const POLL_MS = { least: 2000, unknown: 10_000, most: 30_000 } as const;
const BETWEEN_QUERIES_MS = 250;

/**
 * Makes the invocations of a slice through Lambda's own queue and reads their logs: for sizes at which one
 * ran for longer than a call of Measure can wait. What is still running at the end of the call is handed on.
 */
export async function measureQueued(request: QueuedRequest): Promise<MeasuredSlice> {
  const { state, deps } = request;
  const watch = new ExecutionWatch(deps, state.run);
  const turn = new QueueTurn(request);
  await prepareVersions(request);
  while (turn.hasTime() && (await watch.goesOn())) {
    await turn.sendMore(watch);
    if (!turn.awaitsAny || !turn.hasTime()) break;
    await deps.sleep(turn.pollMs);
    await turn.collect();
  }
  return turn.result();
}

type QueuedRequest = SliceRequest & { readonly awaited: readonly Awaited[] };

/** How far a call of Measure has come with the queue. */
class QueueTurn {
  readonly #request: QueuedRequest;
  readonly #observations: Observation[] = [];
  readonly #made: Set<number>;
  /** Places of invocations that the queue does not take: they are waited for, in a call of their own. */
  readonly #notHere: number[] = [];
  readonly #queued: ReadonlySet<number>;
  #awaited: readonly Awaited[];
  #hopeless: ReadonlySet<number>;
  #leftUsd: number;
  #next: number;

  constructor(request: QueuedRequest) {
    const { state, bounds, before, terms, awaited } = request;
    this.#request = request;
    this.#made = new Set(bounds.made);
    this.#queued = queuedSizes(state.input, before);
    this.#awaited = awaited;
    this.#hopeless = givenUpSizes(state.input, before);
    this.#leftUsd =
      request.budgetUsd - sum(awaited.map(({ memoryMb }) => mostUsd(memoryMb, terms)));
    this.#next = bounds.from;
  }

  hasTime(): boolean {
    return this.#request.context.remainingMs() > RESERVE_MS;
  }

  get awaitsAny(): boolean {
    return this.#awaited.length > 0;
  }

  /** How long until the logs are asked again. */
  get pollMs(): number {
    return pollMs(this.#awaited, [...this.#request.before, ...this.#observations]);
  }

  /** Hands invocations to the queue as far as the budget and the bound of those under way allow. */
  async sendMore(watch: ExecutionWatch): Promise<void> {
    const { state, bounds, planned, terms } = this.#request;
    while (this.#next < bounds.to && this.#awaited.length < state.concurrency) {
      const index = this.#next;
      const invocation = planned[index];
      if (invocation === undefined) break;
      const { memoryMb } = invocation;
      if (this.#made.has(index) || !this.#queued.has(memoryMb)) {
        if (!this.#made.has(index)) this.#notHere.push(index);
        this.#next += 1;
        continue;
      }
      const reservedUsd = mostUsd(memoryMb, terms);
      if (reservedUsd > this.#leftUsd) break;
      if (!this.#hopeless.has(memoryMb)) {
        const sent = await send(this.#request, { ...invocation, index }, watch);
        if (sent === null) break;
        this.#leftUsd -= reservedUsd;
        this.#made.add(index);
        this.#awaited = [...this.#awaited, sent];
      }
      this.#next += 1;
    }
  }

  /** Reads the logs of what is awaited, one after the other, as long as there is time. */
  async collect(): Promise<void> {
    const { state, before, terms, deps } = this.#request;
    const still: Awaited[] = [];
    for (const each of this.#awaited) {
      const observation = this.hasTime() ? await lookUp(this.#request, each) : null;
      if (observation === null) {
        still.push(each);
        continue;
      }
      this.#observations.push(observation);
      this.#leftUsd += mostUsd(each.memoryMb, terms) - observationUsd(observation, terms);
      this.#tell(observation, still.length);
      await deps.sleep(BETWEEN_QUERIES_MS);
    }
    this.#awaited = still;
    this.#hopeless = givenUpSizes(state.input, [...before, ...this.#observations]);
  }

  #tell(observation: Observation, stillAwaited: number): void {
    const { state, planned, deps } = this.#request;
    deps.onProgress({
      memoryMb: observation.memoryMb,
      done: this.#next - stillAwaited,
      planned: planned.length,
      usd: state.input.maxUsd - this.#leftUsd,
      observation,
    });
  }

  result(): MeasuredSlice {
    const next = Math.min(this.#next, ...this.#notHere);
    return {
      observations: this.#observations,
      next,
      made: [...this.#made].filter((index) => index > next).toSorted((a, b) => a - b),
      concurrency: this.#request.state.concurrency,
      requestIds: new Map(),
      failures: new Map(),
      awaited: this.#awaited,
    };
  }
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
