import type { CheckObservation, SideFacts } from '../../contract/check/check.ts';
import type { Metric } from '../../contract/check/metric.ts';
import { costUsdPerMillion } from '../cost/invocation-cost.ts';
import { tariffOfSide } from './side-tariff.ts';

/** What was observed of one side. */
export interface Side {
  readonly facts: SideFacts;
  readonly observations: readonly CheckObservation[];
}

/** The values of one metric, and where they come from. */
export interface Sample {
  readonly values: readonly number[];
  /** The environment of each value; `null` where they are not known. */
  readonly environments: readonly number[] | null;
  /** How many environments served them; for unknown ones the cold starts seen, which is at least. */
  readonly environmentCount: number;
}

/**
 * Returns the values of a metric on one side. Cold and warm are kept apart: durations and costs are of warm
 * invocations, init of cold ones. What failed is in none but `errors`.
 */
export function sampleOf(side: Side, metric: Metric): Sample {
  switch (metric) {
    case 'cost': {
      const { ephemeralStorageMb } = side.facts;
      const { prices } = tariffOfSide(side.facts);
      return fromWarm(side, ({ billedMs, memoryMb }) =>
        billedMs === null
          ? null
          : costUsdPerMillion(prices, { billedMs, memoryMb, ephemeralStorageMb }),
      );
    }
    case 'init.p50':
      return sample(side, side.observations, ({ initMs, cold }) => (cold === true ? initMs : null));
    case 'memory.used':
    case 'memory.headroom':
      return peaks(side);
    case 'timeout.headroom':
      return sample(side, side.observations, ({ durationMs }) => durationMs);
    case 'errors':
      return failures(side);
    case 'duration.p50':
    case 'duration.p95':
    case 'duration.p99':
    case 'duration.mean':
      return fromWarm(side, ({ durationMs }) => durationMs);
  }
}

/**
 * Tells whether each invocation failed: 1 or 0. Of a lost one nothing is known, so it is none of them, and an
 * error that is ignored is no failure. None is left out because its environment is unknown: those that are
 * share one, as if they had all been served by the same.
 */
function failures(side: Side): Sample {
  const known = side.observations.filter(({ outcome }) => outcome !== 'lost');
  const values = known.map(({ outcome, ignored }) =>
    outcome === 'ok' || ignored === true ? 0 : 1,
  );
  const environments = known.map(({ environment }) => environment ?? UNKNOWN_ENVIRONMENT);
  const unknown = environments.filter((each) => each === UNKNOWN_ENVIRONMENT).length;
  if (unknown <= (1 - MOSTLY_KNOWN) * known.length) {
    return { values, environments, environmentCount: new Set(environments).size };
  }
  return { values, environments: null, environmentCount: coldCount(side) };
}

/** From this share of known environments on, the values of unknown ones are left out. */
const MOSTLY_KNOWN = 0.8;

const UNKNOWN_ENVIRONMENT = -1;

function coldCount({ observations }: Side): number {
  return observations.filter(({ cold }) => cold === true).length;
}

/** Returns the peak of each environment: it never falls, so that its invocations are one value. */
function peaks(side: Side): Sample {
  const used = sample(side, side.observations, ({ maxMemoryUsedMb }) => maxMemoryUsedMb);
  if (used.environments === null) return used;
  const byEnvironment = new Map<number, number>();
  for (const [index, environment] of used.environments.entries()) {
    const known = byEnvironment.get(environment) ?? 0;
    byEnvironment.set(environment, Math.max(known, used.values[index] ?? 0));
  }
  return {
    values: [...byEnvironment.values()],
    environments: [...byEnvironment.keys()],
    environmentCount: byEnvironment.size,
  };
}

function fromWarm(side: Side, value: (each: CheckObservation) => number | null): Sample {
  return sample(side, warmOf(side.observations), value);
}

/**
 * Warm and ended well. The first invocation of an environment counts as cold even where Lambda
 * initialised it ahead and the log shows no init.
 */
export function warmOf(observations: readonly CheckObservation[]): readonly CheckObservation[] {
  const seen = new Set<number>();
  return observations
    .toSorted((a, b) => a.atMs - b.atMs)
    .filter(({ environment, cold, outcome }) => {
      const first = environment !== null && !seen.has(environment);
      if (environment !== null) seen.add(environment);
      return !first && cold !== true && outcome === 'ok';
    });
}

function sample(
  side: Side,
  observations: readonly CheckObservation[],
  valueOf: (each: CheckObservation) => number | null,
): Sample {
  const all = observations.flatMap((observation) => {
    const value = valueOf(observation);
    return value === null ? [] : [{ value, environment: observation.environment }];
  });
  const known = all.flatMap(({ value, environment }) =>
    environment === null ? [] : [{ value, environment }],
  );
  if (known.length > 0 && known.length >= MOSTLY_KNOWN * all.length) {
    const environments = known.map(({ environment }) => environment);
    return {
      values: known.map(({ value }) => value),
      environments,
      environmentCount: new Set(environments).size,
    };
  }
  return {
    values: all.map(({ value }) => value),
    environments: null,
    environmentCount: coldCount(side),
  };
}
