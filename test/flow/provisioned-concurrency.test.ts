import { afterEach, expect, test } from 'vitest';
import type { Json } from '../../src/contract/shared/json.ts';
import type { Result } from '../../src/contract/tune/result.ts';
import { playTune } from '../../src/play/play-tune.ts';
import { TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';
import { readyTarget } from './ready-target.ts';

let target: EmbeddedTarget;

afterEach(() => target.close());

/** A run of a function whose alias keeps ten environments ready. */
async function tune(
  input: { readonly [key: string]: Json },
  denied: readonly string[] = [],
): Promise<Result> {
  target = await readyTarget({ denied });
  const played = await playTune({
    input: { function: TARGET_NAME, memorySizes: [128, 512, 1769], invocations: 20, ...input },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  if (played.kind !== 'done') throw new Error(JSON.stringify(played));
  return played.output as unknown as Result;
}

function codes({ warnings }: Result): readonly string[] {
  return warnings.map(({ code }) => code);
}

test('a function with provisioned concurrency gets no verdict on cost while its traffic is not known', async () => {
  const result = await tune({});
  expect(result).toMatchObject({
    verdict: 'inconclusive',
    confidence: { unsure: { what: 'price' } },
  });
  expect(codes(result)).toContain('provisioned-not-priced');
  expect(result.recommendation.sentence).toContain('provisioned concurrency');
});

test('with its traffic, provisioned concurrency is in the costs: more memory is paid for at every hour', async () => {
  const result = await tune({ invocationsPerMonth: 100_000, goal: { kind: 'cheapest' } });
  expect(result).toMatchObject({ recommendation: { memoryMb: 128 }, verdict: 'change' });
  expect(codes(result)).toContain('provisioned-priced');
  const [least] = result.sizes;
  // In us-east-1: 10 × 2,628,000 s × 0.125 GB × 0.0000041667 USD ÷ 100,000 = 136.88 USD for a million; about
  // 1.6 s × 0.125 GB × 0.0000097222 USD = 1.94 USD, and 0.20 USD for their requests.
  expect(least?.costUsdPerMillion.mean).toBeGreaterThan(138.9);
  expect(least?.costUsdPerMillion.mean).toBeLessThan(139.2);
});

test('the fastest size does not depend on what provisioned concurrency costs', async () => {
  const result = await tune({ goal: { kind: 'fastest' } });
  expect(result).toMatchObject({ recommendation: { memoryMb: 1769 }, verdict: 'change' });
  expect(codes(result)).toContain('provisioned-not-priced');
});

test('a run goes on where provisioned concurrency may not be read', async () => {
  const result = await tune({}, ['ListProvisionedConcurrencyConfigs']);
  expect(result.verdict).toBe('change');
  expect(codes(result)).not.toContain('provisioned-not-priced');
});
