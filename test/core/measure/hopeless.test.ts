import { expect, test } from 'vitest';
import type { Outcome } from '../../../src/contract/shared/observation.ts';
import { hopelessSizes } from '../../../src/core/measure/hopeless.ts';

const observed = (memoryMb: number, ...outcomes: Outcome[]) =>
  outcomes.map((outcome) => ({
    memoryMb,
    outcome,
    durationMs: 1,
    billedMs: 1,
    initMs: null,
    maxMemoryUsedMb: 1,
    cold: false,
    payload: 0,
    atMs: 0,
  }));

test.each([
  ['out of memory twice', observed(128, 'out-of-memory', 'out-of-memory'), [128]],
  ['out of memory once may be bad luck', observed(128, 'out-of-memory'), []],
  ['one success is hope', observed(128, 'ok', 'out-of-memory', 'out-of-memory'), []],
  ['three timeouts', observed(128, 'timeout', 'timeout', 'timeout'), [128]],
  ['five errors', observed(128, 'error', 'error', 'lost', 'error', 'error'), [128]],
  [
    'smaller than a size that runs out of memory',
    [...observed(256, 'out-of-memory', 'out-of-memory'), ...observed(128, 'error')],
    [256, 128],
  ],
])('a size is given up, or not, by how its invocations ended: %s', (_, observations, hopeless) => {
  expect([...hopelessSizes(observations)].sort()).toEqual([...hopeless].sort());
});
