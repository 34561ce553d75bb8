import type { BenchFunction } from './bench-function.ts';
import { hardFunctions, type Family } from './hard-families.ts';
import { lognormal, outliers } from './noise.ts';
import { between } from './random-parameters.ts';

const SMALLEST_MB = 128;
const LARGEST_MB = 3008;
/** Below, a process with a garbage collector may have little room. */
const ROOMY_MB = 500;

/**
 * Functions whose noise is another one at each size, which the model does not assume: nothing was fitted or
 * tuned on them.
 */
const FAMILIES: readonly Family[] = [
  {
    family: 'noise falls with memory',
    make: (random) => {
      const cv = between(random, 0.1, 0.6);
      const power = between(random, 0.3, 0.8);
      return { noiseAt: (m) => lognormal(cv * (SMALLEST_MB / m) ** power) };
    },
  },
  {
    family: 'noise rises with memory',
    make: (random) => {
      const cv = between(random, 0.1, 0.6);
      return { noiseAt: (m) => lognormal(cv * Math.sqrt(m / LARGEST_MB)) };
    },
  },
  {
    family: 'hump falls with memory',
    make: (random) => {
      const share = between(random, 0.1, 0.4);
      const times = between(random, 2, 5);
      const body = lognormal(between(random, 0.03, 0.12));
      return { noiseAt: (m) => outliers(body, share * Math.sqrt(SMALLEST_MB / m), times) };
    },
  },
  {
    family: 'tail at small sizes',
    make: (random) => {
      const tailed = lognormal(between(random, 0.5, 1.2));
      const body = lognormal(between(random, 0.03, 0.1));
      return { noiseAt: (m) => (m < ROOMY_MB ? tailed : body) };
    },
  },
];

export function unlikeFunctions(count: number): readonly BenchFunction[] {
  return hardFunctions(FAMILIES, 9500, count);
}
