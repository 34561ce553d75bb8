import { afterEach, expect, test } from 'vitest';
import { checkInputSchema, type CheckInput } from '../../src/contract/check/check-stages.ts';
import type { CheckedFunction } from '../../src/contract/check/check.ts';
import { playCheck } from '../../src/play/play-check.ts';
import { snapshot, TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';
import { readyTarget } from './ready-target.ts';
import { spreadHost } from './spread-host.ts';

let target: EmbeddedTarget;

afterEach(() => target.close());

/** A check of a function whose alias keeps ten environments ready; `head` is 30 % slower than it. */
async function check(
  head: string,
  input: Partial<CheckInput> = {},
  denied: readonly string[] = [],
): Promise<CheckedFunction> {
  const setting = { memoryMb: 1024, timeoutSeconds: 30, architecture: 'x86_64' } as const;
  target = await readyTarget({
    denied,
    definition: { ...setting, host: spreadHost(100) },
    others: [{ ...setting, name: 'slower', host: spreadHost(130), runtime: 'nodejs24.x' }],
  });
  const before = await snapshot(target.deps);
  const parsed = checkInputSchema.parse({
    base: { function: TARGET_NAME, qualifier: 'live' },
    head: { function: head },
    mostEnvironments: 8,
    emulation: 'recorded',
    seed: 3,
  });
  const played = await playCheck({
    input: { ...parsed, name: 'orders', comparisons: 3, ...input },
    world: { ...target.deps, onCheckProgress: () => undefined },
    signal: new AbortController().signal,
  });
  if (played.kind !== 'done') throw new Error(JSON.stringify(played));
  expect(await snapshot(target.deps)).toEqual(before);
  return played.result;
}

const cost = ({ metrics }: CheckedFunction) => metrics.find(({ metric }) => metric === 'cost');
const codes = ({ warnings }: CheckedFunction): readonly string[] =>
  warnings.map(({ code }) => code);

test('a slower head of a function with provisioned concurrency regresses in duration, and not in cost while its traffic is not known', async () => {
  const result = await check('slower', { patient: true });
  expect(result.metrics[0]).toMatchObject({ metric: 'duration.p50', verdict: 'regressed' });
  expect(cost(result)).toMatchObject({
    verdict: 'inconclusive',
    reasonFacts: { code: 'provisioned-not-priced', executions: 10, missing: 'traffic' },
  });
  expect(cost(result)?.reason).toContain('give invocationsPerMonth');
  expect(codes(result)).toContain('provisioned-not-priced');
  expect(result.looks).toBeLessThan(4);
});

test('unchanged code of a function with provisioned concurrency passes on cost, whatever its traffic', async () => {
  const result = await check(TARGET_NAME);
  expect(['pass', 'within-noise']).toContain(cost(result)?.verdict);
  expect(result.base).toMatchObject({ version: '1', provisioned: 10 });
});

test('with the traffic of the function, a check judges what provisioned concurrency leaves of a change', async () => {
  const result = await check('slower', { patient: true, invocationsPerMonth: 100_000 });
  // In us-east-1: 10 × 2,628,000 s × 1 GB × 0.0000041667 USD ÷ 100,000 = 1,095 USD for a million; beside it
  // 0.03 s × 1 GB × 0.0000097222 USD = 0.29 USD more.
  expect(cost(result)?.base).toBeGreaterThan(1095);
  expect(cost(result)?.change?.estimate).toBeCloseTo(0.29 / 1096, 4);
  expect(['pass', 'within-noise']).toContain(cost(result)?.verdict);
  expect(result.head).toMatchObject({ provisioned: 10, invocationsPerMonth: 100_000 });
  expect(codes(result)).toContain('provisioned-priced');
});

test('a check goes on at prices on demand where provisioned concurrency may not be read', async () => {
  const result = await check('slower', {}, ['ListProvisionedConcurrencyConfigs']);
  expect(codes(result).filter((code) => code.startsWith('provisioned'))).toEqual([]);
  expect(cost(result)?.verdict).toBe('regressed');
});
