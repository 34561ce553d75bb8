import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  costUsdPerMillion,
  gbSecondsOf,
  invocationCostUsd,
  worstCaseUsd,
} from '../../../src/core/cost/invocation-cost.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';

const virginia = pricesOf('us-east-1', 'x86_64');

/**
 * The worked examples of aws.amazon.com/lambda/pricing (US East, N. Virginia). AWS takes the free tier
 * (400,000 GB-s, one million requests) off the total, we never do, so the hand sum puts it back.
 */
describe("AWS's published examples", () => {
  it.each([
    {
      // 3M × 120 ms × 1536/1024 GB = 540,000 GB-s. AWS: (540,000 − 400,000) × $0.0000166667 = $2.33
      // and (3M − 1M) × $0.20/M = $0.40. Free tier put back: 400,000 × $0.0000166667 = $6.67, $0.20.
      name: 'mobile backend',
      invocation: { billedMs: 120, memoryMb: 1536, ephemeralStorageMb: 512 },
      millions: 3,
      published: 2.33 + 0.4,
      freeTier: 6.67 + 0.2,
    },
    {
      // 10,000 vehicles × 24 × 31 = 7.44M × 2 s × 1 GB = 14.88M GB-s. AWS leaves the free tier out
      // here: $248.00 + $1.49.
      name: 'streaming telemetry',
      invocation: { billedMs: 2000, memoryMb: 1024, ephemeralStorageMb: 512 },
      millions: 7.44,
      published: 248 + 1.49,
      freeTier: 0,
    },
    {
      // 6M × 280 ms × 4 GB = 6.72M GB-s; AWS: 6.32M × $0.0000166667 = $105.33; 5M requests = $1;
      // storage 1,680,000 s × (2048 − 512)/1024 GB = 2.52M GB-s × $0.0000000309 = $0.08.
      name: 'machine learning with ephemeral storage',
      invocation: { billedMs: 280, memoryMb: 4096, ephemeralStorageMb: 2048 },
      millions: 6,
      published: 105.33 + 1 + 0.08,
      freeTier: 6.67 + 0.2,
    },
  ])('$name', ({ invocation, millions, published, freeTier }) => {
    const usd = costUsdPerMillion(virginia, invocation) * millions;
    // Each published part is rounded to a cent: up to five of them are off by half a cent.
    expect(Math.abs(usd - (published + freeTier))).toBeLessThan(0.025);
  });

  it('Arm: the same mobile backend at $0.0000133334', () => {
    // 540,000 × $0.0000133334 = $7.20; 3M × $0.20/M = $0.60.
    const usd =
      costUsdPerMillion(pricesOf('us-east-1', 'arm64'), {
        billedMs: 120,
        memoryMb: 1536,
        ephemeralStorageMb: 512,
      }) * 3;
    expect(usd).toBeCloseTo(7.8, 2);
  });
});

describe('gbSecondsOf', () => {
  it('counts a GB as 1024 MB', () => {
    // Half a second of a quarter of a GB.
    expect(gbSecondsOf({ billedMs: 500, memoryMb: 256 })).toBe(0.125);
  });
});

const billedMs = fc.integer({ min: 1, max: 900_000 });
const memoryMb = fc.integer({ min: 128, max: 10_240 });
const ephemeralStorageMb = fc.integer({ min: 512, max: 10_240 });

describe('laws', () => {
  const withoutRequest = { ...virginia, usdPerRequest: 0 };

  it('doubling the billed time, or memory at 512 MB of storage, doubles the compute cost', () => {
    fc.assert(
      fc.property(billedMs, memoryMb, ephemeralStorageMb, (billed, memory, storage) => {
        const once = { billedMs: billed, memoryMb: memory, ephemeralStorageMb: storage };
        expect(invocationCostUsd(withoutRequest, { ...once, billedMs: billed * 2 })).toBeCloseTo(
          2 * invocationCostUsd(withoutRequest, once),
          15,
        );
        const plain = { ...once, ephemeralStorageMb: 512 };
        expect(invocationCostUsd(withoutRequest, { ...plain, memoryMb: memory * 2 })).toBeCloseTo(
          2 * invocationCostUsd(withoutRequest, plain),
          15,
        );
      }),
    );
  });

  it('more memory, more time or more storage costs more', () => {
    fc.assert(
      fc.property(billedMs, memoryMb, ephemeralStorageMb, (billed, memory, storage) => {
        const usd = invocationCostUsd(virginia, {
          billedMs: billed,
          memoryMb: memory,
          ephemeralStorageMb: storage,
        });
        const moreExpensive = [
          { billedMs: billed + 1, memoryMb: memory, ephemeralStorageMb: storage },
          { billedMs: billed, memoryMb: memory + 1, ephemeralStorageMb: storage },
          { billedMs: billed, memoryMb: memory, ephemeralStorageMb: storage + 1 },
        ];
        for (const invocation of moreExpensive) {
          expect(invocationCostUsd(virginia, invocation)).toBeGreaterThan(usd);
        }
      }),
    );
  });

  it('the first 512 MB of ephemeral storage are free', () => {
    expect(
      invocationCostUsd(virginia, { billedMs: 100, memoryMb: 128, ephemeralStorageMb: 512 }),
    ).toBe(invocationCostUsd(virginia, { billedMs: 100, memoryMb: 128, ephemeralStorageMb: 0 }));
  });
});

describe('worstCaseUsd', () => {
  it('is an init of 10 s and the whole timeout', () => {
    // 70 s × 1 GB × $0.0000166667 + $0.0000002 = $0.00116687.
    expect(
      worstCaseUsd(virginia, { memoryMb: 1024, ephemeralStorageMb: 512, timeoutSeconds: 60 }),
    ).toBeCloseTo(0.001_166_869, 12);
  });
});
