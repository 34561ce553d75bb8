import type { SizeSample } from '../../../src/core/recommend/size-sample.ts';

/** A sample of warm invocations alone, as a timeout reads it. */
export function sizeSampleOf(durationsMs: readonly number[]): SizeSample {
  const warm = durationsMs
    .toSorted((a, b) => a - b)
    .map((durationMs) => ({
      durationMs,
      billedMs: Math.ceil(durationMs),
      usd: 0,
      initMs: null,
      atMs: 0,
      environment: null,
      payload: 0,
      weight: 1,
    }));
  return {
    memoryMb: 1024,
    invocations: warm.length,
    payloads: [{ payload: 0, invocations: warm.length, errors: 0 }],
    outcomes: { ok: warm.length, error: 0, timeout: 0, 'out-of-memory': 0, lost: 0 },
    coldStarts: 0,
    presumedCold: 0,
    warm,
    cold: [],
    initsMs: [],
    cutOffMs: [],
    maxMemoryUsedMb: null,
    environmentCount: 1,
  };
}
