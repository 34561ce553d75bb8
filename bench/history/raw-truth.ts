import { pricesOf } from '../../src/core/cost/prices.ts';
import { BucketedDurations } from '../../src/core/history/bucketed-durations.ts';
import { historyTimeout } from '../../src/core/history/history-timeout.ts';
import { slownessAt, type Call, type KnownFunction } from './generated-calls.ts';

export const REGION = 'us-east-1';
const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99, p999: 0.999, max: 1 } as const;
/** Sizes among which the true saving is looked for. */
const SIZES = [128, 256, 512, 1024, 1769, 3008];

interface SizeTruth {
  readonly memoryMb: number;
  readonly invocations: number;
  readonly coldStarts: number;
  readonly timeouts: number;
  readonly outOfMemory: number;
  readonly errors: number | null;
  readonly maxMemoryUsedMb: number;
  readonly usd: number;
  readonly durationMs: Readonly<Record<keyof typeof QUANTILES, number | null>>;
}

/** What the raw values say, each for itself: sorted, counted and summed, without buckets. */
export interface Truth {
  readonly function: string;
  readonly sizes: readonly SizeTruth[];
  readonly timeoutSeconds: number | null;
  /** In the window. */
  readonly ceilingUsd: number;
  readonly savingUsd: number;
}

/** Takes the calls of one function one after the other; only what a truth needs is kept. */
export class RawTruth {
  readonly #known: KnownFunction;
  readonly #calls = new Map<number, Call[]>();

  constructor(known: KnownFunction) {
    this.#known = known;
  }

  add(calls: readonly Call[]): void {
    for (const call of calls) {
      const own = this.#calls.get(call.memoryMb);
      if (own === undefined) this.#calls.set(call.memoryMb, [call]);
      else own.push(call);
    }
  }

  end(): Truth {
    const known = this.#known;
    const present = this.#calls.get(known.memoryMb) ?? [];
    const used = Math.max(...[...this.#calls.values()].map(mostUsed));
    const fits = Math.max(128, Math.ceil(used / 0.9));
    const isFull = present.some(({ end }) => end === 'out-of-memory');
    const toMb = isFull ? known.memoryMb : Math.min(known.memoryMb, fits);
    const usd =
      (sum(present, ({ billedMs }) => billedMs) / 1000) *
      (known.memoryMb / 1024) *
      pricesOf(REGION, 'x86_64').usdPerGbSecond;
    const costs = SIZES.filter((mb) => mb >= fits).map(
      (mb) => (mb / known.memoryMb) * slownessAt(known, mb),
    );
    return {
      function: known.name,
      sizes: [...this.#calls]
        .toSorted(([a], [b]) => a - b)
        .map(([memoryMb, calls]) => sizeTruth(known, memoryMb, calls)),
      timeoutSeconds: rawTimeout(known, present),
      ceilingUsd: usd * (1 - toMb / known.memoryMb),
      savingUsd: usd * (1 - Math.min(1, ...costs)),
    };
  }
}

function mostUsed(calls: readonly Call[]): number {
  return calls.reduce((largest, { usedMb }) => Math.max(largest, usedMb), 0);
}

function sum(calls: readonly Call[], of: (call: Call) => number): number {
  return calls.reduce((total, call) => total + of(call), 0);
}

function sizeTruth(known: KnownFunction, memoryMb: number, calls: readonly Call[]): SizeTruth {
  const prices = pricesOf(REGION, 'x86_64');
  const count = (is: (call: Call) => boolean): number => calls.filter(is).length;
  const values = warmOf(calls);
  const billedMs = sum(calls, (call) => call.billedMs);
  const rank = (q: number): number | null => values[Math.ceil(q * values.length) - 1] ?? null;
  return {
    memoryMb,
    invocations: calls.length,
    coldStarts: count(({ initMs }) => initMs !== null),
    timeouts: count(({ end }) => end === 'timeout'),
    outOfMemory: count(({ end }) => end === 'out-of-memory'),
    errors: known.isJson ? count(({ end }) => end === 'error') : null,
    maxMemoryUsedMb: mostUsed(calls),
    usd:
      (billedMs / 1000) * (memoryMb / 1024) * prices.usdPerGbSecond +
      calls.length * prices.usdPerRequest,
    durationMs: {
      p50: rank(QUANTILES.p50),
      p95: rank(QUANTILES.p95),
      p99: rank(QUANTILES.p99),
      p999: rank(QUANTILES.p999),
      max: rank(QUANTILES.max),
    },
  };
}

function warmOf(calls: readonly Call[]): Float64Array {
  const warm = calls.filter(({ initMs, end }) => initMs === null && end === 'ok');
  return Float64Array.from(warm, ({ durationMs }) => durationMs).sort();
}

/** The same rules, with a bucket for every value, so that nothing is rounded up to one. */
function rawTimeout({ timeoutSeconds }: KnownFunction, calls: readonly Call[]): number | null {
  const each = (some: readonly Call[]): BucketedDurations => {
    const values = Float64Array.from(some, ({ durationMs }) => durationMs).sort();
    return new BucketedDurations(
      Array.from(values, (value) => ({
        bucket: value,
        count: 1,
        durationMs: { sum: value, min: value, max: value },
      })),
    );
  };
  const well = calls.filter(({ end }) => end === 'ok');
  const { recommendedSeconds } = historyTimeout(
    {
      warm: each(well.filter(({ initMs }) => initMs === null)),
      cold: each(well.filter(({ initMs }) => initMs !== null)),
      cutOff: each(calls.filter(({ end }) => end === 'timeout')),
    },
    { timeoutSeconds, triggers: [] },
  );
  return recommendedSeconds;
}
