import { OUTCOMES, type Observation, type Outcome } from '../../contract/shared/observation.ts';
import { invocationCostUsd } from '../cost/invocation-cost.ts';
import type { Prices } from '../cost/prices.ts';
import { presumedCold } from './presumed-cold.ts';

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
}

/** All observations of one memory size, sorted out: what was warm, what was cold, what failed. */
export interface SizeSample {
  readonly memoryMb: number;
  readonly invocations: number;
  /** How many ended in which way; every outcome has its count. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Cold ones of any outcome. */
  readonly coldStarts: number;
  /** Those among `cold` that no log calls cold: {@link presumedCold}. */
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
 */
export function sizeSamples(
  observations: readonly Observation[],
  pricing: Pricing,
): ReadonlyMap<number, SizeSample> {
  const bySize = new Map<number, Observation[]>();
  for (const observation of observations) {
    const own = bySize.get(observation.memoryMb);
    if (own === undefined) bySize.set(observation.memoryMb, [observation]);
    else own.push(observation);
  }
  const ascending = [...bySize].toSorted(([a], [b]) => a - b);
  const presumed = presumedCold(observations);
  return new Map(
    ascending.map(([memoryMb, own]) => [memoryMb, sampleOf(memoryMb, own, presumed, pricing)]),
  );
}

function sampleOf(
  memoryMb: number,
  own: readonly Observation[],
  presumed: ReadonlySet<Observation>,
  pricing: Pricing,
): SizeSample {
  const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<
    Outcome,
    number
  >;
  const warm: Measured[] = [];
  const cold: Measured[] = [];
  for (const observation of own) {
    outcomes[observation.outcome] += 1;
    const measured = measuredOf(observation, pricing);
    const isCold = observation.cold === true || presumed.has(observation);
    if (measured !== null) (isCold ? cold : warm).push(measured);
  }
  return {
    memoryMb,
    invocations: own.length,
    outcomes,
    coldStarts: own.filter(({ cold: isCold }) => isCold === true).length,
    presumedCold: own.filter((each) => presumed.has(each)).length,
    warm: warm.toSorted(byLength),
    cold: cold.toSorted(byLength),
    initsMs: numbers(own.map(({ initMs }) => initMs)),
    cutOffMs: numbers(
      own.filter(({ outcome }) => outcome === 'timeout').map(({ durationMs }) => durationMs),
    ),
    maxMemoryUsedMb: numbers(own.map(({ maxMemoryUsedMb }) => maxMemoryUsedMb)).at(-1) ?? null,
    environmentCount: environmentCount(own, presumed),
  };
}

function environmentCount(own: readonly Observation[], presumed: ReadonlySet<Observation>): number {
  const told = new Set(own.flatMap(({ environment }) => environment ?? []));
  const begun = own.filter((each) => each.cold === true || presumed.has(each)).length;
  const untold = own.some(({ environment }) => environment === undefined || environment === null);
  return Math.max(told.size, untold || told.size === 0 ? begun : 0, own.length > 0 ? 1 : 0);
}

function measuredOf(observation: Observation, pricing: Pricing): Measured | null {
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
  };
}

function byLength(a: Measured, b: Measured): number {
  return a.durationMs - b.durationMs || a.billedMs - b.billedMs || a.atMs - b.atMs;
}

function numbers(values: readonly (number | null)[]): readonly number[] {
  return values.filter((value) => value !== null).toSorted((a, b) => a - b);
}

/** Invocations that did not end well, lost ones included. */
export function errorsOf(sample: SizeSample): number {
  return sample.invocations - sample.outcomes.ok;
}
