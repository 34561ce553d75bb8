import { standardNormal, weightedIndex, type Random } from '../../contract/shared/random.ts';
import { numbersOf } from '../statistics/numbers.ts';
import { cell, cholesky, logDeterminant, solveLower, type Matrix } from './cholesky.ts';
import { HYPOTHESES, ownVariance, sharedPart, type Hypothesis } from './curve-prior.ts';

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
 * @param sharedNoise relative covariance of the points beside their own variance: what their times had in common
 */
export function fitCurve(points: readonly CurvePoint[], sharedNoise: Matrix | null = null): Curve {
  const law = priorOf(points);
  const shared = sharedParts(points, points);
  const fits = HYPOTHESES.flatMap((hypothesis) => {
    const fit = fitUnder(hypothesis, { points, sharedNoise }, law, shared);
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

interface Measured {
  readonly points: readonly CurvePoint[];
  readonly sharedNoise: Matrix | null;
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

function fitUnder(
  hypothesis: Hypothesis,
  { points, sharedNoise }: Measured,
  law: LawPrior,
  shared: Matrix,
): Fit | null {
  const { kneeMb, strays, prior } = hypothesis;
  const covariance = covariances(hypothesis, law, { rows: points, columns: points, shared });
  for (const [index, { relativeVariance }] of points.entries()) {
    const row = covariance[index] as Float64Array;
    (row[index] as number) += Math.max(LEAST_VARIANCE, relativeVariance);
    const noise = sharedNoise?.[index];
    if (noise === undefined) continue;
    for (let j = 0; j <= index; j += 1) (row[j] as number) += noise[j] as number;
  }
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

function sharedParts(rows: readonly Place[], columns: readonly Place[]): Matrix {
  return rows.map((one) => numbersOf(columns, (other) => sharedPart(one.memoryMb, other.memoryMb)));
}

/**
 * Covariances of the relative durations at sizes, each in units of its own `durationMs`; of sizes with themselves,
 * what is above the diagonal is left out.
 */
function covariances(
  { kneeMb, strays }: Pick<Hypothesis, 'kneeMb' | 'strays'>,
  { waitMs, workMs, leastMb }: LawPrior,
  of: {
    readonly rows: readonly Place[];
    readonly columns: readonly Place[];
    /** {@link sharedParts} of these. */
    readonly shared: Matrix;
  },
): Matrix {
  const waitOf = (place: Place): number => waitMs / place.durationMs;
  const workOf = (place: Place): number =>
    (workMs * Math.min(leastMb, kneeMb)) / Math.min(place.memoryMb, kneeMb) / place.durationMs;
  const waits = numbersOf(of.columns, waitOf);
  const works = numbersOf(of.columns, workOf);
  const own = ownVariance(strays);
  return of.rows.map((one, i) => {
    const [wait, work, shared] = [waitOf(one), workOf(one), of.shared[i] as Float64Array];
    const row = new Float64Array(of.columns.length);
    const end = of.rows === of.columns ? i + 1 : row.length;
    for (let j = 0; j < end; j += 1) {
      const isOne = one.memoryMb === (of.columns[j] as Place).memoryMb;
      const departure = strays * strays * (shared[j] as number) + (isOne ? own : 0);
      row[j] = wait * (waits[j] as number) + work * (works[j] as number) + departure;
    }
    return row;
  });
}

function beliefAt(
  sizes: readonly number[],
  points: readonly CurvePoint[],
  weighted: readonly { readonly fit: Fit; readonly weight: number }[],
): CurveBelief {
  const places = sizes.map((memoryMb) => placeAt(memoryMb, points));
  const law = priorOf(points);
  const toPoints = { rows: places, columns: points, shared: sharedParts(places, points) };
  const among = { rows: places, columns: places, shared: sharedParts(places, places) };
  const beliefs = weighted.map(({ fit }) => {
    const solved = covariances(fit, law, toPoints).map((row) => solveLower(fit.lower, row));
    const means = solved.map((row) => dot(row, fit.whitened));
    const covariance = covariances(fit, law, among);
    for (const [i, row] of covariance.entries()) {
      for (let j = 0; j <= i; j += 1) {
        // What is left at a measured size can vanish in rounding.
        const least = i === j ? LEAST_VARIANCE : 0;
        const explained = dot(solved[i] as Float64Array, solved[j] as Float64Array);
        row[j] = (row[j] as number) - explained + least;
      }
    }
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
      const normals = new Float64Array(places.length);
      for (let i = 0; i < normals.length; i += 1) normals[i] = standardNormal(random);
      const durations = new Float64Array(places.length);
      for (let i = 0; i < durations.length; i += 1) {
        const step = lower === null ? 0 : dotUpTo(lower[i] as Float64Array, normals, i);
        const factor = Math.max(LEAST_FACTOR, (means[i] as number) + step);
        durations[i] = (places[i] as Place).durationMs * factor;
      }
      return durations;
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
