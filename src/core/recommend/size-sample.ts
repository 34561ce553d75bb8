import { OUTCOMES, type Observation, type Outcome } from '../../contract/shared/observation.ts';
import { invocationCostUsd } from '../cost/invocation-cost.ts';
import type { Prices } from '../cost/prices.ts';
import { valueWeights } from '../payload/payload-weights.ts';
import { sortedBy } from '../statistics/numbers.ts';
import type { Weighted } from '../statistics/weighted.ts';
import { presumeCold } from './presume-cold.ts';

/** What one successful invocation took and cost. */
export interface Measured {
  readonly durationMs: number;
  readonly billedMs: number;
  readonly usd: number;
  /** Of the whole, the part that was init or restore. */
  readonly initMs: number | null;
  /** When it was sent, counted from the start of the run. */
  readonly atMs: number;
  /** Which environment served it; `null` where no log stream tells. */
  readonly environment: number | null;
  /** Index of its payload; 0 where there is one. */
  readonly payload: number;
  /** What it counts for, so that payloads have their shares: 1 on average, and always with one payload. */
  readonly weight: number;
}

/** How the invocations with one payload ended. */
export interface PayloadCount {
  readonly payload: number;
  readonly invocations: number;
  readonly errors: number;
}

/** All observations of one memory size, sorted out: what was warm, what was cold, what failed. */
export interface SizeSample {
  readonly memoryMb: number;
  readonly invocations: number;
  /** Of each payload of the run, in their order. */
  readonly payloads: readonly PayloadCount[];
  /** How many ended in which way; every outcome has its count. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Cold ones of any outcome. */
  readonly coldStarts: number;
  /** Those among `cold` that no log calls cold: {@link presumeCold}. */
  readonly presumedCold: number;
  /** Successful ones that nothing calls cold, shortest first. */
  readonly warm: readonly Measured[];
  /** Successful ones on a new environment, shortest first. */
  readonly cold: readonly Measured[];
  /** Init (or restore) of the cold ones, shortest first. */
  readonly initsMs: readonly number[];
  /** How long the invocations ran that a timeout cut off: at least that long each would have taken. */
  readonly cutOffMs: readonly number[];
  /** The most that any invocation used, failed ones too. */
  readonly maxMemoryUsedMb: number | null;
  /** Environments that served the size: told apart by log streams, else as many as cold starts were seen or presumed. */
  readonly environmentCount: number;
}

/** What pricing an observation takes besides itself. */
export interface Pricing {
  readonly prices: Prices;
  readonly ephemeralStorageMb: number;
}

/**
 * Sorts observations by size and kind. The order they come in leaves no trace: equal sets of
 * observations give equal samples, down to the last bit of every sum.
 *
 * @param payloadWeights of the run's payloads
 */
export function sizeSamples(
  observations: readonly Observation[],
  pricing: Pricing,
  payloadWeights: readonly number[] = [1],
): ReadonlyMap<number, SizeSample> {
  const bySize = new Map<number, Observation[]>();
  for (const observation of observations) {
    const own = bySize.get(observation.memoryMb);
    if (own === undefined) bySize.set(observation.memoryMb, [observation]);
    else own.push(observation);
  }
  const ascending = [...bySize].toSorted(([a], [b]) => a - b);
  const presumed = presumeCold(observations);
  return new Map(
    ascending.map(([memoryMb, own]) => [
      memoryMb,
      sampleOf(memoryMb, own, presumed, { pricing, payloadWeights }),
    ]),
  );
}

function sampleOf(
  memoryMb: number,
  own: readonly Observation[],
  presumed: ReadonlySet<Observation>,
  { pricing, payloadWeights }: { pricing: Pricing; payloadWeights: readonly number[] },
): SizeSample {
  const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<
    Outcome,
    number
  >;
  const [warm, cold]: [Measured[], Measured[]] = [[], []];
  const [initsMs, cutOffMs]: [number[], number[]] = [[], []];
  let [coldStarts, presumedCold] = [0, 0];
  let maxMemoryUsedMb: number | null = null;
  for (const observation of own) {
    outcomes[observation.outcome] += 1;
    if (observation.cold === true) coldStarts += 1;
    const isPresumed = presumed.has(observation);
    if (isPresumed) presumedCold += 1;
    const payload = payloadWeights.length < 2 ? 0 : observation.payload;
    const measured = measuredOf(observation, payload, pricing);
    if (measured !== null) (observation.cold === true || isPresumed ? cold : warm).push(measured);
    if (observation.initMs !== null) initsMs.push(observation.initMs);
    if (observation.outcome === 'timeout' && observation.durationMs !== null) {
      cutOffMs.push(observation.durationMs);
    }
    const used = observation.maxMemoryUsedMb;
    if (used !== null) maxMemoryUsedMb = Math.max(maxMemoryUsedMb ?? used, used);
  }
  return {
    memoryMb,
    invocations: own.length,
    payloads: payloadWeights.map((_, payload) => countOf(payload, own, payloadWeights.length)),
    outcomes,
    coldStarts,
    presumedCold,
    warm: weighed(warm, payloadWeights),
    cold: weighed(cold, payloadWeights),
    initsMs: initsMs.toSorted((a, b) => a - b),
    cutOffMs: cutOffMs.toSorted((a, b) => a - b),
    maxMemoryUsedMb,
    environmentCount: environmentCount(own, coldStarts + presumedCold),
  };
}

/** @param begun cold starts, those included that are presumed */
function environmentCount(own: readonly Observation[], begun: number): number {
  const told = new Set<number>();
  let untold = false;
  for (const { environment } of own) {
    if (environment === undefined || environment === null) untold = true;
    else told.add(environment);
  }
  return Math.max(told.size, untold || told.size === 0 ? begun : 0, own.length > 0 ? 1 : 0);
}

function countOf(
  payload: number,
  observations: readonly Observation[],
  payloads: number,
): PayloadCount {
  const own = observations.filter((each) => payloads < 2 || each.payload === payload);
  const errors = own.filter(({ outcome }) => outcome !== 'ok').length;
  return { payload, invocations: own.length, errors };
}

function weighed(values: readonly Measured[], payloadWeights: readonly number[]): Measured[] {
  if (payloadWeights.length < 2) return inOrder(values);
  const weights = valueWeights(values, payloadWeights);
  return inOrder(values.map((value, index) => ({ ...value, weight: weights[index] ?? 1 })));
}

/** Returns a figure of every invocation, with what each counts for. */
export function weightedBy(
  values: readonly Measured[],
  figure: (value: Measured) => number,
): readonly Weighted[] {
  return values.map((value) => ({ value: figure(value), weight: value.weight }));
}

function measuredOf(observation: Observation, payload: number, pricing: Pricing): Measured | null {
  const { outcome, durationMs, initMs, memoryMb } = observation;
  if (outcome !== 'ok' || durationMs === null) return null;
  // A log without the billed time still tells what is billed: init and run time, rounded up.
  const billedMs = observation.billedMs ?? Math.ceil(durationMs + (initMs ?? 0));
  const { prices, ephemeralStorageMb } = pricing;
  const usd = invocationCostUsd(prices, { billedMs, memoryMb, ephemeralStorageMb });
  return {
    durationMs,
    billedMs,
    usd,
    initMs,
    atMs: observation.atMs,
    environment: observation.environment ?? null,
    payload,
    weight: 1,
  };
}

/** Shortest first. */
function inOrder(values: readonly Measured[]): Measured[] {
  return sortedBy(
    values,
    ({ durationMs }) => durationMs,
    (a, b) => a.billedMs - b.billedMs || a.atMs - b.atMs || a.payload - b.payload,
  );
}

/** Invocations that did not end well, lost ones included. */
export function errorsOf(sample: SizeSample): number {
  return sample.invocations - sample.outcomes.ok;
}
