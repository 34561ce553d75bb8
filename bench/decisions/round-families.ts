import { seededRandom, type Random } from '../../src/contract/shared/random.ts';
import type { BenchFunction, StretchNoise } from './bench-function.ts';
import { lognormal } from './noise.ts';
import { plainFunction } from './plain-function.ts';
import { between, logBetween } from './random-parameters.ts';

/**
 * Functions on machines that are faster or slower from one round to the next, or for a while within a round:
 * fixed before the model was changed for them. What happens during one round must not look like a property of
 * the sizes that were measured in it.
 */
const VCPU_MB = 1769;

const STRETCHES: readonly {
  readonly family: string;
  readonly make: (random: Random) => StretchNoise;
}[] = [
  { family: 'rounds alike', make: () => ({ ofRound: 0 }) },
  { family: 'rounds ±5 %', make: () => ({ ofRound: 0.05 }) },
  { family: 'rounds ±10 %', make: () => ({ ofRound: 0.1 }) },
  {
    family: 'bursts',
    make: (random) => ({ ofRound: 0.02, burst: { share: 0.5, times: between(random, 1.1, 1.4) } }),
  },
];

/** @param from where the seeds of the families begin: functions to fit on and to judge by have their own */
export function roundFunctions(from: number, count: number): readonly BenchFunction[] {
  return STRETCHES.flatMap(({ family, make }) =>
    Array.from({ length: count }, (_, index): BenchFunction => {
      // The same functions in every family, so that only what the rounds do differs.
      const random = seededRandom(from, index);
      const plain = plainFunction(random);
      const work = logBetween(random, 50, 3000);
      const wait = work * between(random, 0, 1);
      const kneeMb = random() < 0.6 ? VCPU_MB : logBetween(random, 1500, 8000);
      const noise = lognormal(logBetween(random, 0.005, 0.08));
      return {
        ...plain,
        name: `${family} ${index + 1}`,
        family,
        meanMs: (m) => wait + (work * VCPU_MB) / Math.min(m, kneeMb),
        noiseAt: () => noise,
        stretches: make(random),
      };
    }),
  );
}
