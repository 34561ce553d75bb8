import { expect, test } from 'vitest';
import type { Observation } from '../../../src/contract/shared/observation.ts';
import { seededRandom, standardNormal } from '../../../src/contract/shared/random.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { payloadSequence } from '../../../src/core/payload/payload-sequence.ts';
import { recommend, type Recommendation } from '../../../src/core/recommend/recommend.ts';
import { effectiveCount, weightedQuantile } from '../../../src/core/statistics/weighted.ts';
import { settled, warm } from '../observed.ts';

const PRICES = pricesOf('us-east-1', 'x86_64', 512);

function judgeSizes(
  observations: readonly Observation[],
  weights: readonly number[],
): Extract<Recommendation, { kind: 'recommended' }> {
  const sizes = [...new Set(observations.map(({ memoryMb }) => memoryMb))];
  const found = recommend({
    input: settled({
      payloads: weights.map((weight, index) => ({ sha256: String(index), bytes: 2, weight })),
      coldShare: 0,
    }),
    target: { memoryMb: sizes[0] ?? 0, timeoutSeconds: 30 },
    variants: sizes.map((memoryMb) => ({ memoryMb, version: '1', outcome: 'ready', reason: null })),
    observations,
    prices: PRICES,
    ephemeralStorageMb: 512,
    seed: 1,
  });
  if (found.kind !== 'recommended') throw new Error(found.kind);
  return found;
}

/** Invocations of one size: so many of each payload, each taking what its payload does. */
function invokeSize(memoryMb: number, byPayload: readonly (readonly number[])[]): Observation[] {
  return byPayload.flatMap((durations, payload) =>
    durations.map((ms, index) => ({ ...warm(memoryMb, ms), payload, atMs: index })),
  );
}

test('means of durations and costs are right by weight, however often each payload was drawn', () => {
  const { sizes } = judgeSizes(
    invokeSize(1024, [[10, 10, 10, 10, 10, 10, 10, 10, 10], [1000]]),
    [99, 1],
  );
  // 0.99 × 10 + 0.01 × 1000; by number it would be 109.
  expect(sizes[0]?.durationMs.mean).toBeCloseTo(19.9, 9);
  // 1 GB: 19.9 ms × 0.0000166667 USD per GB-second + 0.2 USD per million requests.
  expect(sizes[0]?.costUsdPerMillion.mean).toBeCloseTo(19.9 * 0.0166667 + 0.2, 3);
  expect(sizes[0]?.billedMs.mean).toBeCloseTo(19.9, 9);
});

test('a rare payload with a hundred times the work decides what is believed, too', () => {
  const at = (memoryMb: number, heavyMs: number): Observation[] =>
    invokeSize(memoryMb, [new Array<number>(18).fill(10), new Array<number>(2).fill(heavyMs)]);
  const { sizes } = judgeSizes([...at(512, 2000), ...at(2048, 500)], [90, 10]);
  // 0.9 × 10 + 0.1 × heavy.
  expect(sizes[0]?.believed?.durationMs).toBeCloseTo(209, 0);
  expect(sizes[1]?.believed?.durationMs).toBeCloseTo(59, 0);
});

test('each payload has its own duration and cost, and its share', () => {
  const { sizes } = judgeSizes(
    invokeSize(1024, [
      [10, 12],
      [100, 102, 104],
    ]),
    [3, 1],
  );
  expect(sizes[0]?.payloads).toMatchObject([
    { payload: 0, share: 0.75, invocations: 2, errors: 0, durationMs: { mean: 11, max: 12 } },
    { payload: 1, share: 0.25, invocations: 3, errors: 0, durationMs: { mean: 102, max: 104 } },
  ]);
  // 102 ms of 1 GB, and the request.
  const cost = sizes[0]?.payloads?.[1]?.costUsdPerMillion.mean;
  expect(cost).toBeCloseTo(102 * 0.0166667 + 0.2, 3);
});

test('no interval of a payload or of its size reaches below 0, where no duration is', () => {
  // Five values of which one is far out: the mean is 7, and its t interval begins below 0.
  const values = [1, 1, 1, 2, 30];
  const [size] = judgeSizes(invokeSize(1024, [values, values]), [1, 1]).sizes;
  for (const { mean, low, high } of [
    size?.durationMs,
    ...(size?.payloads ?? []).map((each) => each.durationMs),
  ] as NonNullable<typeof size>['durationMs'][]) {
    expect(mean).toBeCloseTo(7, 9);
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(14);
  }
});

test('a run with one payload has no table of payloads, and a run with many has it only for some sizes', () => {
  expect(judgeSizes(invokeSize(1024, [[10, 12]]), [1]).sizes[0]?.payloads).toBeUndefined();
  for (const [count, most] of [
    [25, 4],
    [30, 2],
    [60, 1],
  ] as const) {
    const weights = new Array<number>(count).fill(1);
    const ms = (memoryMb: number): number => 200_000 / memoryMb;
    const all = [512, 1024, 2048, 3008].flatMap((memoryMb) =>
      invokeSize(
        memoryMb,
        weights.map(() => [ms(memoryMb), ms(memoryMb) + 1]),
      ),
    );
    const { sizes, memoryMb } = judgeSizes(all, weights);
    const told = sizes.filter(({ payloads }) => payloads !== undefined);
    expect(told).toHaveLength(most);
    expect(told.map((size) => size.memoryMb)).toContain(memoryMb);
  }
});

test('a payload that was never measured at a size is told, and leaves the verdict open', () => {
  const whole = invokeSize(512, [new Array<number>(20).fill(400), new Array<number>(20).fill(400)]);
  const part = invokeSize(2048, [new Array<number>(20).fill(100)]);
  const { verdict, confidence, warnings } = judgeSizes([...whole, ...part], [1, 1]);
  expect(verdict).toBe('inconclusive');
  expect(confidence.unsure).toEqual({ what: 'payloads', probability: null });
  expect(warnings).toContainEqual({
    code: 'payloads-unmeasured',
    places: [{ payload: 1, memorySizesMb: [2048] }],
    command: 'tune',
  });
});

test('a payload that fails at every size is told, and is in no mean, as failures never are', () => {
  const bad = [512, 2048].flatMap((memoryMb) =>
    [0, 1].map((): Observation => ({ ...warm(memoryMb, 5), payload: 1, outcome: 'error' })),
  );
  const good = [512, 2048].flatMap((memoryMb) =>
    invokeSize(memoryMb, [new Array<number>(20).fill(memoryMb === 512 ? 400 : 100)]),
  );
  const { confidence, warnings } = judgeSizes([...good, ...bad], [9, 1]);
  expect(confidence.unsure?.what).not.toBe('payloads');
  expect(warnings.map(({ code }) => code)).toContain('payloads-failed');
});

test('intervals of weighed means cover the truth about as often as they say', () => {
  const weights = [80, 15, 5];
  const usualMs = [20, 100, 800];
  // 0.8 × 20 + 0.15 × 100 + 0.05 × 800.
  const truthMs = 71;
  const random = seededRandom(11);
  let covered = 0;
  const runs = 100;
  for (let run = 0; run < runs; run += 1) {
    const observations = [512, 1024].flatMap((memoryMb) =>
      payloadSequence(20, weights, random).map((payload, index): Observation => {
        // Log-normal with a mean of 1 and a coefficient of variation of 0.2.
        const noise = Math.exp(0.198 * standardNormal(random) - 0.198 ** 2 / 2);
        return { ...warm(memoryMb, (usualMs[payload] ?? 0) * noise), payload, atMs: index };
      }),
    );
    const { low, high } = judgeSizes(observations, weights).sizes[0]?.durationMs ?? {};
    if ((low ?? Infinity) <= truthMs && truthMs <= (high ?? 0)) covered += 1;
  }
  // 95 % less three standard errors of 100 draws.
  expect(covered / runs).toBeGreaterThan(0.88);
});

test('a weighed quantile of equal weights is the plain one, and a weight of nothing moves none', () => {
  const plain = [1, 2, 4, 8, 16].map((value) => ({ value, weight: 1 }));
  // Type 7 of Hyndman and Fan: NumPy's default.
  expect(weightedQuantile(plain, 0.5)).toBe(4);
  expect(weightedQuantile(plain, 0.95)).toBeCloseTo(14.4, 12);
  const light = [
    { value: 1, weight: 1 },
    { value: 2, weight: 1 },
    { value: 1000, weight: 1e-9 },
  ];
  expect(weightedQuantile(light, 0.5)).toBeLessThan(2);
  expect(effectiveCount(light)).toBeCloseTo(2, 6);
});
