import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import { isShown } from '../../words/format/missing.ts';

/** From a quantity to a coordinate, and the values that its axis names. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** No duration and no cost is smaller, and logarithms need an end. */
const SMALLEST = 1e-9;

/** True for what has a place on a logarithmic axis. */
export function isDrawable(value: number | null | undefined): value is number {
  return isShown(value) && value >= SMALLEST;
}

type Range = readonly [number, number];

/** Above this ratio of largest to smallest, equal steps on an axis should be equal factors. */
const WIDE_RATIO = 8;

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

function withTicks(scale: ScaleContinuousNumeric<number, number>, ticks: readonly number[]): Scale {
  const [low, high] = extent(scale.domain());
  return {
    at: (value) => scale(value),
    ticks: ticks.filter((tick) => tick >= low && tick <= high),
  };
}

/** 1, 2 and 5 times the powers of ten; for long axes powers alone, and not more than eight of them. */
function logTicks(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const steps = last - first > 4 ? [1] : [1, 2, 5];
  const stride = Math.max(Math.ceil((last - first) / 8), 1);
  return Array.from(
    { length: Math.floor((last - first) / stride) + 1 },
    (_, index) => 10 ** (first + index * stride),
  ).flatMap((power) => steps.map((step) => step * power));
}

/**
 * Returns a logarithmic scale around positive values, with some room at either end. Where they lie close
 * together it names round numbers between them, as a linear axis would.
 */
export function logScale(values: readonly number[], range: Range, padding = 0.06): Scale {
  const [smallest, largest] = extent(values);
  const ratio = Math.max(largest / smallest, 1.05);
  const low = smallest / ratio ** padding;
  const high = largest * ratio ** padding;
  const scale = scaleLog([low, high], range);
  const ticks = ratio < WIDE_RATIO ? scaleLinear([low, high], range).ticks(4) : logTicks(low, high);
  return withTicks(scale, ticks);
}

/** Returns a linear scale with some room at either end. */
export function linearScale(values: readonly number[], range: Range, padding = 0.08): Scale {
  const [smallest, largest] = extent(values);
  const room = Math.max(largest - smallest, Math.abs(largest) * 0.02, Number.MIN_VALUE) * padding;
  const scale = scaleLinear([smallest - room, largest + room], range);
  return withTicks(scale, scale.ticks(4));
}

/** A linear scale that begins at 0, or a logarithmic one where small values would vanish. */
export function scaleFromZero(values: readonly number[], range: Range): Scale {
  const [smallest, largest] = extent(values);
  if (smallest > 0 && largest / smallest > WIDE_RATIO) return logScale(values, range);
  const scale = scaleLinear([0, largest > 0 ? largest * 1.08 : 1], range);
  return withTicks(scale, scale.ticks(4));
}
