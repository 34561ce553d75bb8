import { seededRandom } from '../../contract/shared/random.ts';

/** Shares of a sample that are left out below and above: what is between is averaged. */
export interface Trim {
  readonly below: number;
  readonly above: number;
}

/**
 * From the mean to something like the median, and for noise that lies on one side only (a second hump, a
 * tail of calls that wait) cut on that side alone.
 */
export const TRIMS: readonly Trim[] = [
  { below: 0, above: 0 },
  { below: 0.05, above: 0.05 },
  { below: 0.1, above: 0.1 },
  { below: 0.2, above: 0.2 },
  { below: 0.3, above: 0.3 },
  { below: 0.4, above: 0.4 },
  { below: 0, above: 0.1 },
  { below: 0, above: 0.25 },
  { below: 0.05, above: 0.45 },
  { below: 0.05, above: 0.65 },
];

/**
 * The mean of what is left when shares of both ends are cut off. A value that lies on the cut counts in
 * part, so that the estimate does not jump with the number of values.
 *
 * @param sorted ascending, at least one
 */
export function trimmedLocation(sorted: ArrayLike<number>, { below, above }: Trim): number {
  const n = sorted.length;
  const from = below * n;
  const to = n - above * n;
  const [first, last] = [Math.floor(from), Math.ceil(to) - 1];
  const part = (index: number): number => Math.min(index + 1, to) - Math.max(index, from);
  let sum = part(first) * (sorted[first] as number);
  for (let index = first + 1; index < last; index += 1) sum += sorted[index] as number;
  if (last > first) sum += part(last) * (sorted[last] as number);
  return sum / (to - from);
}

/** What an estimate of so many values scatters by, and how far it lies from that of very many, on average. */
export interface Scatter {
  readonly variance: number;
  readonly bias: number;
}

const RESAMPLES = 120;
/** Above this many values the variance falls as 1 ÷ n, and resampling takes long. */
const RESAMPLED_UP_TO = 60;
/** Up to this many residuals are resampled from: more say nothing new. */
const MOST_RESIDUALS = 2000;

/**
 * Chooses how to locate samples by what their noise is (Jaeckel 1971: of several trimmed means the one that
 * scatters least), from residuals of all samples together. How much an estimate of a few values scatters is
 * found by resampling, since formulas are for many: with two humps a median of few values jumps between
 * them. The mean of a few skewed values lies elsewhere than that of many once something is cut off: that
 * bias is known from the same draws.
 *
 * @param residuals ascending, at least one
 * @param counts how many values each sample has
 */
export function chooseTrim(
  residuals: ArrayLike<number>,
  counts: readonly number[],
): { readonly trim: Trim; readonly scatterOf: (count: number) => Scatter } {
  const thinned = thin(residuals);
  const distinct = [...new Set(counts.map((count) => Math.min(RESAMPLED_UP_TO, count)))];
  const tables = new Map(distinct.map((count) => [count, scatterTable(thinned, count)]));
  const totals = TRIMS.map((_, index) =>
    counts.reduce((sum, count) => sum + scaledScatter(tables, count, index).variance, 0),
  );
  // The mean of all values is best for normal noise: what is cut must be better by more than luck.
  const least = totals.reduce(
    (best, total, index) => (total < (totals[best] as number) * 0.97 ? index : best),
    0,
  );
  return {
    trim: TRIMS[least] as Trim,
    scatterOf: (count) => {
      const known = Math.min(RESAMPLED_UP_TO, count);
      if (!tables.has(known)) tables.set(known, scatterTable(thinned, known));
      return scaledScatter(tables, count, least);
    },
  };
}

function thin(residuals: ArrayLike<number>): Float64Array {
  if (residuals.length <= MOST_RESIDUALS) return Float64Array.from(residuals);
  const step = residuals.length / MOST_RESIDUALS;
  const thinned = new Float64Array(MOST_RESIDUALS);
  for (let index = 0; index < MOST_RESIDUALS; index += 1) {
    thinned[index] = residuals[Math.floor((index + 0.5) * step)] as number;
  }
  return thinned;
}

function scaledScatter(
  tables: ReadonlyMap<number, readonly Scatter[]>,
  count: number,
  trim: number,
): Scatter {
  const known = Math.min(RESAMPLED_UP_TO, count);
  const scatter = tables.get(known)?.[trim] ?? { variance: 0, bias: 0 };
  const scale = known / count;
  return { variance: scatter.variance * scale, bias: scatter.bias * scale };
}

/** For every trim, what locations of `count` values drawn from the residuals do. */
function scatterTable(residuals: Float64Array, count: number): readonly Scatter[] {
  const random = seededRandom(count, 'trimmed locations');
  const whole = TRIMS.map((trim) => trimmedLocation(residuals, trim));
  const sums = TRIMS.map(() => ({ sum: 0, squares: 0 }));
  const draw = new Float64Array(count);
  for (let round = 0; round < RESAMPLES; round += 1) {
    for (let index = 0; index < count; index += 1) {
      draw[index] = residuals[Math.floor(random() * residuals.length)] as number;
    }
    draw.sort();
    for (const [index, trim] of TRIMS.entries()) {
      const off = trimmedLocation(draw, trim) - (whole[index] as number);
      const own = sums[index] as { sum: number; squares: number };
      own.sum += off;
      own.squares += off * off;
    }
  }
  return sums.map(({ sum, squares }) => {
    const bias = sum / RESAMPLES;
    return { bias, variance: Math.max(0, squares / RESAMPLES - bias * bias) };
  });
}
