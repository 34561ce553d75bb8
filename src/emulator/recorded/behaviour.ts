import type { RecordedOutcome, RecordedSize, Recording } from './recording.ts';

/** A recorded sample as a function: the value at a fraction from 0 to below 1 of its ordered values. */
export type Draw = (fraction: number) => number;

/** How a recorded function behaves at one memory size. */
export interface Behaviour {
  readonly warmMs: Draw;
  readonly coldMs: Draw | null;
  readonly initMs: Draw | null;
  readonly maxMemoryUsedMb: number | null;
  readonly timeoutSeconds: number | null;
  readonly outcome: RecordedOutcome;
}

/** Returns the behaviour at a memory size, recorded or between two recorded ones; `null` outside them. */
export function behaviourAt(recording: Recording, memoryMb: number): Behaviour | null {
  const below = recording.sizes.findLast((size) => size.memoryMb <= memoryMb);
  const above = recording.sizes.find((size) => size.memoryMb >= memoryMb);
  if (below === undefined || above === undefined) return null;
  return interpolate(below, above, memoryMb);
}

/**
 * Between two sizes, times are linear in 1/memory, as they are for work bound by CPU. Drawn are not
 * two values but one fraction: the quantile of either sample at that fraction, mixed. So the slowest
 * tenth lies between the slowest tenths, and the spread of both samples carries over; mixing two
 * independent draws would make it narrower than either.
 */
function interpolate(below: RecordedSize, above: RecordedSize, memoryMb: number): Behaviour {
  const weight =
    below === above
      ? 1
      : (1 / memoryMb - 1 / above.memoryMb) / (1 / below.memoryMb - 1 / above.memoryMb);
  const mixed = (a: number, b: number): number => weight * a + (1 - weight) * b;
  // What only one of the two sizes has counts for both.
  const draw = (a: readonly number[] | null, b: readonly number[] | null): Draw | null => {
    const low = a ?? b;
    const high = b ?? a;
    if (low === null || high === null) return null;
    return (fraction) => mixed(quantile(low, fraction), quantile(high, fraction));
  };
  const lowMb = below.maxMemoryUsedMb ?? above.maxMemoryUsedMb;
  const highMb = above.maxMemoryUsedMb ?? below.maxMemoryUsedMb;
  return {
    warmMs: (fraction) => mixed(quantile(below.warmMs, fraction), quantile(above.warmMs, fraction)),
    coldMs: draw(below.coldMs, above.coldMs),
    initMs: draw(below.initMs, above.initMs),
    maxMemoryUsedMb: lowMb === null || highMb === null ? null : Math.round(mixed(lowMb, highMb)),
    timeoutSeconds: smaller(below.timeoutSeconds, above.timeoutSeconds),
    // Next to a size that failed, nothing was recorded that says it would work.
    outcome: below.outcome === 'ok' ? above.outcome : below.outcome,
  };
}

function quantile(ascending: readonly number[], fraction: number): number {
  return ascending[Math.floor(fraction * ascending.length)] ?? NaN;
}

function smaller(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
