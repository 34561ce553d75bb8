import { seededRandom, type Random } from '../../src/contract/shared/random.ts';
import type { BenchFunction } from './bench-function.ts';
import { coldStarts, plainFunction } from './plain-function.ts';
import { broadHump, lognormal, outliers, pareto, type Noise } from './noise.ts';
import { between, logBetween } from './random-parameters.ts';

/**
 * Functions whose noise is not independent, or not the same at every size: fixed before the model was
 * changed for them.
 */
const VCPU_MB = 1769;
const SIZES = [128, 256, 512, 1024, VCPU_MB, 3008];

type Made = Pick<BenchFunction, 'noiseAt'> & Partial<BenchFunction>;

export interface Family {
  readonly family: string;
  readonly make: (random: Random) => Made;
}

export const HARD_FAMILIES: readonly Family[] = [
  ...[0.02, 0.05, 0.1].map((spread) => ({
    family: `environments ±${spread * 100} %`,
    make: (random: Random) => ({
      noiseAt: same(lognormal(between(random, 0.01, 0.08))),
      environments: { spread },
    }),
  })),
  {
    family: 'autocorrelated',
    make: (random) => ({
      noiseAt: same(lognormal(between(random, 0.01, 0.05))),
      environments: {
        spread: 0,
        wander: logBetween(random, 0.03, 0.15),
        alike: between(random, 0.8, 0.97),
      },
    }),
  },
  ...[0.03, 0.1].flatMap((share) => [
    {
      family: `hump ${share * 100} %, narrow`,
      make: (random: Random) => ({
        noiseAt: same(
          outliers(lognormal(between(random, 0.03, 0.12)), share, between(random, 3, 10)),
        ),
      }),
    },
    {
      family: `hump ${share * 100} %, broad`,
      make: (random: Random) => ({
        noiseAt: same(
          broadHump(lognormal(between(random, 0.03, 0.12)), share, between(random, 3, 10), 0.6),
        ),
      }),
    },
  ]),
  {
    family: 'tail at one size',
    make: (random) => {
      const body = lognormal(between(random, 0.03, 0.12));
      const at = SIZES[Math.floor(random() * SIZES.length)];
      const [share, times] = [between(random, 0.03, 0.15), between(random, 3, 8)];
      const tailed = outliers(body, share, times);
      const curve = waitsAndWorks(random);
      return {
        meanMs: (m) => curve(m) * (m === at ? 1 + share * (times - 1) : 1),
        noiseAt: (m) => (m === at ? tailed : body),
      };
    },
  },
  {
    family: 'leak',
    make: (random) => ({
      noiseAt: same(lognormal(between(random, 0.02, 0.15))),
      leakMb: logBetween(random, 0.2, 1),
      usesMb: between(random, 60, 90),
      present: { memoryMb: 512, timeoutSeconds: 30 },
    }),
  },
];

/** Shapes of noise that only the coverage of intervals is judged on. */
export const HARD_NOISE: readonly Family[] = [
  {
    family: 'environments alike',
    make: (random) => ({ noiseAt: same(lognormal(between(random, 0.01, 0.08))) }),
  },
  { family: 'lognormal σ 1', make: () => ({ noiseAt: same(lognormal(Math.sqrt(Math.E - 1))) }) },
  { family: 'Pareto 1.5', make: () => ({ noiseAt: same(pareto(1.5)) }) },
];

/** @param from where the seeds of the families begin: functions to fit on and to judge by have their own */
export function hardFunctions(
  families: readonly Family[],
  from: number,
  count: number,
): readonly BenchFunction[] {
  return families.flatMap(({ family, make }, number) =>
    Array.from({ length: count }, (_, index) => {
      const random = seededRandom(from + number, index);
      const made = make(random);
      const meanMs = waitsAndWorks(random);
      return {
        ...plainFunction(random),
        meanMs,
        cold: coldStarts(between(random, 80, 400), between(random, 1, 2), 0),
        name: `${family} ${index + 1}`,
        family,
        ...made,
      };
    }),
  );
}

function waitsAndWorks(random: Random): (memoryMb: number) => number {
  const wait = logBetween(random, 20, 1000);
  const work = wait * logBetween(random, 0.05, 5);
  return (m) => wait + (work * VCPU_MB) / Math.min(m, VCPU_MB);
}

function same(noise: Noise): BenchFunction['noiseAt'] {
  return () => noise;
}
