import { standardNormal, weightedIndex, type Random } from '../../contract/shared/random.ts';
import { cell, cholesky, logDeterminant, solveLower, type Matrix } from './cholesky.ts';
import { departureCovariance, HYPOTHESES, type Hypothesis } from './curve-prior.ts';

/** The mean duration measured at one size. */
export interface CurvePoint {
  readonly memoryMb: number;
  readonly durationMs: number;
  /** Squared standard error of the mean ÷ the mean. */
  readonly relativeVariance: number;
}

/** What is known of the mean duration at some sizes, measured or not. */
export interface CurveBelief {
  readonly durationsMs: Float64Array;
  /** Standard deviation of the belief ÷ its mean. */
  readonly relativeErrors: Float64Array;
  /** One curve drawn from the belief, in the order of the sizes. */
  readonly draw: (random: Random) => Float64Array;
}

export interface Curve {
  readonly at: (memorySizesMb: readonly number[]) => CurveBelief;
  /** Memory beyond which the function most probably gains nothing. */
  readonly kneeMb: number;
}

/** Hypotheses less probable than this are left out. */
const NEGLIGIBLE = 0.005;
/** Means of time are not negative, nor are they known to nothing. */
const LEAST_FACTOR = 0.05;
const LEAST_VARIANCE = 1e-7;

/**
 * Duration over memory as a Gaussian process: the law a + b ÷ min(memory, knee) with its a and b
 * integrated out (Rasmussen and Williams 2006, 2.7), and a departure from it that neighbouring sizes share.
 * Knee and size of the departure are averaged over a small grid by their marginal likelihood. A size that
 * is measured well is believed as it is; one that is measured badly borrows from the others.
 *
 * @param points at least one
 */
export function fitCurve(points: readonly CurvePoint[]): Curve {
  const fits = HYPOTHESES.flatMap((hypothesis) => {
    const fit = fitUnder(hypothesis, points);
    return fit === null ? [] : [fit];
  });
  const most = Math.max(...fits.map(({ logWeight }) => logWeight));
  const total = fits.reduce((sum, { logWeight }) => sum + Math.exp(logWeight - most), 0);
  const weighted = fits
    .map((fit) => ({ fit, weight: Math.exp(fit.logWeight - most) / total }))
    .filter(({ weight }) => weight >= NEGLIGIBLE);
  const knees = new Map<number, number>();
  for (const { fit, weight } of weighted) {
    knees.set(fit.kneeMb, (knees.get(fit.kneeMb) ?? 0) + weight);
  }
  const knee = [...knees].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0]);
  return { kneeMb: knee[0], at: (sizes) => beliefAt(sizes, points, weighted) };
}

interface Fit {
  readonly kneeMb: number;
  readonly strays: number;
  readonly logWeight: number;
  /** Of the covariance of what was measured. */
  readonly lower: Matrix;
  /** The measured values, whitened by {@link lower}. */
  readonly whitened: Float64Array;
}

function fitUnder(hypothesis: Hypothesis, points: readonly CurvePoint[]): Fit | null {
  const { kneeMb, strays, prior } = hypothesis;
  const prior2 = priorOf(points);
  const covariance = points.map((one, i) =>
    Float64Array.from(points, (other, j) => {
      const own = i === j ? Math.max(LEAST_VARIANCE, one.relativeVariance) : 0;
      return covarianceOf(hypothesis, prior2, one, other) + own;
    }),
  );
  const lower = cholesky(covariance);
  if (lower === null) return null;
  // In units of what was measured every value is 1.
  const whitened = solveLower(lower, new Float64Array(points.length).fill(1));
  const squares = whitened.reduce((sum, value) => sum + value * value, 0);
  return {
    kneeMb,
    strays,
    lower,
    whitened,
    logWeight: Math.log(prior) - squares / 2 - logDeterminant(lower) / 2,
  };
}

/** How large a and b may be, before anything is known: as large as the longest duration. */
interface LawPrior {
  readonly waitMs: number;
  /** Of b ÷ the smallest size. */
  readonly workMs: number;
  readonly leastMb: number;
}

function priorOf(points: readonly CurvePoint[]): LawPrior {
  const longest = Math.max(...points.map(({ durationMs }) => durationMs));
  const leastMb = Math.min(...points.map(({ memoryMb }) => memoryMb));
  return { waitMs: longest, workMs: 2 * longest, leastMb };
}

type Place = Pick<CurvePoint, 'memoryMb' | 'durationMs'>;

/** Covariance of the relative durations at two sizes, each in units of its own `durationMs`. */
function covarianceOf(
  { kneeMb, strays }: Pick<Hypothesis, 'kneeMb' | 'strays'>,
  { waitMs, workMs, leastMb }: LawPrior,
  one: Place,
  other: Place,
): number {
  const work = (place: Place): number =>
    (workMs * Math.min(leastMb, kneeMb)) / Math.min(place.memoryMb, kneeMb) / place.durationMs;
  return (
    (waitMs / one.durationMs) * (waitMs / other.durationMs) +
    work(one) * work(other) +
    departureCovariance(strays, one.memoryMb, other.memoryMb)
  );
}

function beliefAt(
  sizes: readonly number[],
  points: readonly CurvePoint[],
  weighted: readonly { readonly fit: Fit; readonly weight: number }[],
): CurveBelief {
  const places = sizes.map((memoryMb) => placeAt(memoryMb, points));
  const law = priorOf(points);
  const beliefs = weighted.map(({ fit }) => {
    const solved = places.map((place) =>
      solveLower(
        fit.lower,
        points.map((point) => covarianceOf(fit, law, place, point)),
      ),
    );
    const means = solved.map((row) => dot(row, fit.whitened));
    const covariance = places.map((one, i) =>
      Float64Array.from(
        places,
        (other, j) =>
          covarianceOf(fit, law, one, other) -
          dot(solved[i] as Float64Array, solved[j] as Float64Array) +
          // What is left at a measured size can vanish in rounding.
          (i === j ? LEAST_VARIANCE : 0),
      ),
    );
    return { means, covariance, lower: cholesky(covariance) };
  });
  const weights = weighted.map(({ weight }) => weight);
  const durationsMs = new Float64Array(sizes.length);
  const relativeErrors = new Float64Array(sizes.length);
  for (const [i, place] of places.entries()) {
    let first = 0;
    let second = 0;
    let total = 0;
    for (const [k, { means, covariance }] of beliefs.entries()) {
      const weight = weights[k] as number;
      const own = means[i] as number;
      first += weight * own;
      second += weight * (own * own + cell(covariance, i, i));
      total += weight;
    }
    const center = Math.max(LEAST_FACTOR, first / total);
    durationsMs[i] = center * place.durationMs;
    relativeErrors[i] = Math.sqrt(Math.max(0, second / total - center * center)) / center;
  }
  return {
    durationsMs,
    relativeErrors,
    draw: (random) => {
      const { means, lower } = beliefs[weightedIndex(weights, random)] as (typeof beliefs)[number];
      const normals = Float64Array.from(places, () => standardNormal(random));
      return Float64Array.from(places, (place, i) => {
        const step = lower === null ? 0 : dotUpTo(lower[i] as Float64Array, normals, i);
        return place.durationMs * Math.max(LEAST_FACTOR, (means[i] as number) + step);
      });
    },
  };
}

/** A size with the unit its duration is counted in: as measured, or read off between its neighbours. */
function placeAt(memoryMb: number, points: readonly CurvePoint[]): Place {
  const sorted = points.toSorted((a, b) => a.memoryMb - b.memoryMb);
  const above = sorted.find((point) => point.memoryMb >= memoryMb) ?? sorted.at(-1);
  const below = sorted.findLast((point) => point.memoryMb <= memoryMb) ?? sorted[0];
  if (above === undefined || below === undefined) {
    throw new RangeError('Could not read a curve: wanted a measured size, there is none.');
  }
  const width = 1 / below.memoryMb - 1 / above.memoryMb;
  const share = width === 0 ? 0 : (1 / below.memoryMb - 1 / memoryMb) / width;
  return {
    memoryMb,
    durationMs:
      below.durationMs + Math.min(1, Math.max(0, share)) * (above.durationMs - below.durationMs),
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  return dotUpTo(a, b, a.length - 1);
}

function dotUpTo(a: Float64Array, b: Float64Array, last: number): number {
  let sum = 0;
  for (let k = 0; k <= last; k += 1) sum += (a[k] as number) * (b[k] as number);
  return sum;
}
