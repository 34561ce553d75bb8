import { betaCdf, betaQuantile } from '../statistics/beta-distribution.ts';

/** Failures among trials. Both may be fractions: what clustered trials are worth as independent ones. */
export interface Counts {
  readonly failures: number;
  readonly trials: number;
}

interface Beta {
  readonly a: number;
  readonly b: number;
}

/** A distribution of a rate; `'none'` and `'all'` where it can only be 0 or 1. */
type Lower = 'none' | Beta;
type Upper = 'all' | Beta;

/**
 * Returns the one-sided bounds of a difference of two rates, second less first, each with `tail` beyond it:
 * the melded confidence interval of the exact intervals of Clopper and Pearson (Fay, Proschan and Brittain,
 * Biometrics 71, 2015). The lower bound is above 0 exactly where Fisher's exact test, one-sided, says so at
 * that tail (Altham, JRSS B 31, 1969); nothing is approximated by a normal distribution, so it holds for
 * rates of nearly 0 as well.
 */
export function meldedDifference(
  first: Counts,
  second: Counts,
  tails: { readonly low: number; readonly high: number },
): { readonly low: number; readonly high: number } {
  return {
    low: lowestAt(tails.low, lowerOf(second), upperOf(first)),
    high: -lowestAt(tails.high, lowerOf(first), upperOf(second)),
  };
}

/** Returns the rates that Clopper and Pearson's lower ends come from. */
function lowerOf({ failures, trials }: Counts): Lower {
  return failures <= 0 ? 'none' : { a: failures, b: trials - failures + 1 };
}

/** Returns the rates that Clopper and Pearson's upper ends come from. */
function upperOf({ failures, trials }: Counts): Upper {
  return failures >= trials ? 'all' : { a: failures + 1, b: trials - failures };
}

/** Tells what `plus − minus` is below with just that probability. */
function lowestAt(tail: number, plus: Lower, minus: Upper): number {
  if (plus === 'none') return -(minus === 'all' ? 1 : quantileOf(minus, 1 - tail));
  if (minus === 'all') return quantileOf(plus, tail) - 1;
  const below = differenceBelow(plus, minus);
  let [low, high] = [-1, 1];
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    if (below(middle) < tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** To 0.00001: rates are shown to a tenth of a percent. */
const BISECTIONS = 18;

/** Intervals of Simpson's rule over where a distribution has all but 1e-12 of its mass. */
const STEPS = 128;
const BEYOND = 1e-12;

/** P(plus − minus ≤ d), by integrating over `minus`. */
function differenceBelow(plus: Beta, minus: Beta): (d: number) => number {
  const from = quantileOf(minus, BEYOND);
  const width = (quantileOf(minus, 1 - BEYOND) - from) / STEPS;
  const nodes = Array.from({ length: STEPS + 1 }, (_, index) => {
    const rate = from + index * width;
    const density = (minus.a - 1) * Math.log(rate) + (minus.b - 1) * Math.log1p(-rate);
    return { rate, density, weight: index === 0 || index === STEPS ? 1 : index % 2 === 1 ? 4 : 2 };
  });
  const highest = Math.max(...nodes.map(({ density }) => density));
  const masses = nodes.map((node) => node.weight * Math.exp(node.density - highest));
  const whole = masses.reduce((sum, mass) => sum + mass, 0);
  return (d) =>
    nodes.reduce(
      (sum, { rate }, index) => sum + (masses[index] ?? 0) * betaCdf(rate + d, plus.a, plus.b),
      0,
    ) / whole;
}

function quantileOf({ a, b }: Beta, p: number): number {
  return betaQuantile(p, a, b);
}
