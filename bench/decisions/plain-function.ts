import type { Random } from '../../src/contract/shared/random.ts';
import type { BenchFunction, ColdStarts } from './bench-function.ts';
import { lognormal } from './noise.ts';
import { between } from './random-parameters.ts';

/** What a function has where its family says nothing else. */
export function plainFunction(
  random: Random,
): Omit<BenchFunction, 'name' | 'family' | 'meanMs' | 'noiseAt'> {
  const sizes = [256, 512, 1024, 1769, 3008];
  return {
    architecture: random() < 0.5 ? 'x86_64' : 'arm64',
    driftAt: () => 1,
    cold: coldStarts(between(random, 80, 400), between(random, 1, 2), 0),
    needsMb: 0,
    usesMb: 90,
    present: { memoryMb: sizes[Math.floor(random() * sizes.length)] ?? 512, timeoutSeconds: 30 },
  };
}

export function coldStarts(initMs: number, handlerFactor: number, aheadShare: number): ColdStarts {
  // Init varies by 11 % within a day (median), handlers of new environments by about as much.
  return {
    initMs,
    initNoise: lognormal(0.11),
    handlerFactor,
    handlerNoise: lognormal(0.15),
    aheadShare,
  };
}
