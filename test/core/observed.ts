import type { Goal } from '../../src/contract/tune/goal.ts';
import { inputSchema } from '../../src/contract/tune/input.ts';
import type { Observation, Outcome } from '../../src/contract/shared/observation.ts';
import type { Variant } from '../../src/contract/tune/publishing.ts';
import type { SettledInput } from '../../src/contract/tune/settled-input.ts';

/** A settled input with every default, and what a test changes of it. */
export function settled(
  change: Partial<Omit<SettledInput, 'goal'>> & { readonly goal?: Partial<Goal> } = {},
): SettledInput {
  const { goal, ...rest } = change;
  const {
    seed,
    measureTimeoutSeconds,
    history: _,
    ...defaults
  } = inputSchema.parse({
    function: 'orders',
    ...(goal === undefined ? {} : { goal }),
  });
  return {
    ...defaults,
    seed: seed ?? 1,
    measureTimeoutSeconds: measureTimeoutSeconds ?? 60,
    payloads: [{ sha256: '', bytes: 2, weight: 1 }],
    asynchronous: false,
    ...rest,
  };
}

/** One warm, successful invocation billed as AWS does: rounded up to a millisecond. */
export function warm(memoryMb: number, durationMs: number): Observation {
  return {
    memoryMb,
    durationMs,
    billedMs: Math.ceil(durationMs),
    initMs: null,
    maxMemoryUsedMb: 64,
    cold: false,
    outcome: 'ok',
    payload: 0,
    atMs: 0,
  };
}

/** A warm success that used so much memory; `null` where its log does not tell. */
export function using(memoryMb: number, usedMb: number | null, durationMs = 20): Observation {
  return { ...warm(memoryMb, durationMs), maxMemoryUsedMb: usedMb };
}

export function cold(memoryMb: number, durationMs: number, initMs: number): Observation {
  return {
    ...warm(memoryMb, durationMs),
    initMs,
    billedMs: Math.ceil(durationMs + initMs),
    cold: true,
  };
}

export function failed(memoryMb: number, outcome: Outcome, durationMs: number | null): Observation {
  return {
    ...warm(memoryMb, durationMs ?? 0),
    durationMs,
    billedMs: durationMs === null ? null : Math.ceil(durationMs),
    outcome,
  };
}

export function ready(...sizes: readonly number[]): Variant[] {
  return sizes.map((memoryMb, index) => ({
    memoryMb,
    version: String(index + 1),
    outcome: 'ready',
    reason: null,
  }));
}

export function refused(memoryMb: number, reason: string): Variant {
  return { memoryMb, version: null, outcome: 'refused', reason };
}

/** The same duration `count` times, give or take a per cent, so that there is a spread; of four environments, all alike. */
export function around(memoryMb: number, durationMs: number, count = 12): Observation[] {
  return Array.from({ length: count }, (_, index) => ({
    ...warm(memoryMb, (durationMs * (99 + (index % 3))) / 100),
    environment: index % 4,
  }));
}
