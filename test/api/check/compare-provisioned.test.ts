import { expect, test } from 'vitest';
import { compare } from '../../../src/api/check/compare.ts';
import { compareObserved } from '../../../src/api/check/compare-observed.ts';
import { readObserved } from '../../../src/api/check/observed-file.ts';
import { checkConfigSchema } from '../../../src/contract/check/check-config.ts';
import type { CheckResult, MetricJudgement } from '../../../src/contract/check/check.ts';
import type { Result } from '../../../src/contract/tune/result.ts';
import { sideOf } from '../../core/compare/sides.ts';

const COLUMNS = [
  'memoryMb',
  'durationMs',
  'billedMs',
  'initMs',
  'maxMemoryUsedMb',
  'cold',
  'outcome',
  'payload',
  'atMs',
] as const;

/** A result of tune on AWS, of a function that keeps ten environments ready at 1024 MB. */
function tuneResult(meanMs: number, facts?: object, input: object = {}): Result {
  const warmMs = [97, 98, 99, 100, 101, 102, 103, 100, 99, 101].map((ms) => meanMs - 100 + ms);
  const { observations } = sideOf(warmMs);
  return {
    schemaVersion: 1,
    target: {
      function: 'arn:aws:lambda:us-east-1:123456789012:function:orders',
      architecture: 'x86_64',
      region: 'us-east-1',
      runtime: 'nodejs24.x',
    },
    input,
    current: { memoryMb: 1024, timeoutSeconds: 30 },
    recommendation: { memoryMb: 1024 },
    observations: {
      columns: COLUMNS,
      rows: observations.map((each) => COLUMNS.map((column) => each[column])),
    },
    ...(facts === undefined ? {} : { facts }),
  } as unknown as Result;
}

const KEPT = { ephemeralStorageMb: 512, provisioned: 10 };

function cost({ functions: [only] }: CheckResult): MetricJudgement | undefined {
  return only?.metrics.find(({ metric }) => metric === 'cost');
}
const codes = ({ functions: [only] }: CheckResult) => only?.warnings.map(({ code }) => code);

test('compare leaves cost open where results of tune tell of provisioned concurrency and not of traffic', () => {
  const result = compare({ base: tuneResult(100, KEPT), head: tuneResult(200, KEPT) });
  expect(cost(result)).toMatchObject({
    verdict: 'inconclusive',
    reasonFacts: { code: 'provisioned-not-priced', missing: 'traffic' },
  });
  expect(codes(result)).toContain('provisioned-not-priced');
  expect(result.functions[0]?.metrics[0]?.verdict).toBe('regressed');
});

test('compare prices provisioned concurrency by the traffic of the result, the configuration or the option', () => {
  // 10 × 2,628,000 s × 1 GB × 0.0000041667 USD ÷ 1,000,000, 0.2 s × 0.0000097222 USD, and the request.
  const headUsd = 109.50088 + 1.94444 + 0.2;
  const base = tuneResult(100, KEPT);
  const ofResult = tuneResult(200, KEPT, { invocationsPerMonth: 1_000_000 });
  const functions = [{ function: 'orders', invocationsPerMonth: 1_000_000 }];
  const other = tuneResult(200, KEPT, { invocationsPerMonth: 5 });
  const option = compareObserved(
    readObserved('base', base),
    readObserved('head', other),
    { invocationsPerMonth: '1000000' },
    checkConfigSchema.parse({}),
  );
  for (const result of [
    compare({ base, head: ofResult }),
    compare({ base, head: other, config: { functions } }),
    option,
  ]) {
    expect(cost(result)?.head).toBeCloseTo(headUsd, 3);
    expect(codes(result)).toContain('provisioned-priced');
  }
});

test('compare counts the storage that a result of tune tells of', () => {
  const large = { ephemeralStorageMb: 10_240, provisioned: 0 };
  // In us-east-1: 0.1 s × (1 GB × 0.0000166667 + 9.5 GB × 0.0000000309) USD, and the request.
  expect(cost(compare({ base: tuneResult(100), head: tuneResult(100, large) }))?.head).toBeCloseTo(
    (0.1 * (0.0000166667 + 9.5 * 3.09e-8) + 2e-7) * 1e6,
    4,
  );
  // Results of earlier versions tell of none.
  expect(cost(compare({ base: tuneResult(100), head: tuneResult(100) }))?.head).toBeCloseTo(
    1.86667,
    4,
  );
});

test('compare refuses a traffic that is no number above 0', () => {
  const file = readObserved('base', tuneResult(100));
  const config = checkConfigSchema.parse({});
  for (const invocationsPerMonth of ['0', '-3', 'many', 'Infinity']) {
    expect(() => compareObserved(file, file, { invocationsPerMonth }, config)).toThrow(
      /--invocations-per-month: wanted a number above 0/,
    );
  }
});
