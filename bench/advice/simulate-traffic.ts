import { seededRandom, type Random } from '../../src/contract/shared/random.ts';
import { concurrencyAdvice } from '../../src/core/advice/concurrency-advice.ts';
import { tInterval } from '../../src/core/statistics/mean-interval.ts';

/** What durations of functions scatter by, in their logarithm. */
export const SHAPES = [
  ['like each other', 0.05],
  ['scattered', 0.5],
  ['with a long tail', 1.2],
] as const;

const MEAN_MS = 300;
const MEASURED = 60;

export interface Traffic {
  readonly name: string;
  readonly sigma: number;
  readonly perSecond: number;
}

/** Returns what is throttled with the reservation that 60 measured durations make, and with a third less. */
export function simulateTraffic(
  { name, sigma, perSecond }: Traffic,
  arrivals: number,
): { readonly throttled: number; readonly withLess: number } {
  const random = seededRandom(7, `${name} at ${perSecond}`);
  const durationOf = (): number => MEAN_MS * Math.exp(sigma * normal(random) - (sigma * sigma) / 2);
  const measured = Array.from({ length: MEASURED }, durationOf);
  const [advice] = concurrencyAdvice({
    rate: { perSecond, basis: 'rate' },
    occupation: { warmMs: tInterval(measured), coldMs: null, coldShare: 0 },
    memoryMb: 1024,
    hasQueue: false,
    capacity: null,
  });
  if (advice?.code !== 'reserved-concurrency') {
    throw new Error('Could not simulate: wanted a reservation, none was advised.');
  }
  const shareOf = (limit: number): number =>
    throttledShare(limit, perSecond, arrivals, durationOf, random);
  return {
    throttled: shareOf(advice.executions),
    withLess: shareOf(Math.floor((advice.executions * 2) / 3)),
  };
}

/** Of calls that arrive by themselves, the share that finds so many under way; those are lost. */
function throttledShare(
  limit: number,
  perSecond: number,
  arrivals: number,
  durationOf: () => number,
  random: Random,
): number {
  const ends: number[] = [];
  let nowMs = 0;
  let throttled = 0;
  for (let arrival = 0; arrival < arrivals; arrival += 1) {
    nowMs += (-Math.log(1 - random()) / perSecond) * 1000;
    for (let index = ends.length - 1; index >= 0; index -= 1) {
      if ((ends[index] ?? 0) > nowMs) continue;
      ends[index] = ends.at(-1) ?? 0;
      ends.pop();
    }
    if (ends.length >= limit) throttled += 1;
    else ends.push(nowMs + durationOf());
  }
  return throttled / arrivals;
}

/** Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
