import { expect, it } from 'vitest';
import { diedUpToMb } from '../../../src/core/measure/died-up-to.ts';
import { failed, warm } from '../observed.ts';

it('the largest size that ran out of memory counts, even where it did so only once', () => {
  expect(diedUpToMb([])).toBe(0);
  expect(diedUpToMb([warm(128, 5), failed(256, 'error', 5), failed(512, 'timeout', 5)])).toBe(0);
  expect(
    diedUpToMb([
      failed(256, 'out-of-memory', 5),
      warm(512, 5),
      failed(512, 'out-of-memory', 5),
      failed(128, 'out-of-memory', 5),
      warm(1024, 5),
    ]),
  ).toBe(512);
});
