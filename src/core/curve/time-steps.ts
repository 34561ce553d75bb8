import { cell, cholesky, logDeterminant, solveLower, solveUpper, type Matrix } from './cholesky.ts';
import { layOut, type Layout, type Table } from './time-layout.ts';

/** Typical change from one period to the next, with its weight before anything was measured. */
const STEPS: readonly (readonly [step: number, prior: number])[] = [
  [0.002, 0.5],
  [0.01, 0.2],
  [0.03, 0.2],
  [0.1, 0.1],
];
/** The same behind a pause, as between rounds: what is alike within a round may yet differ between two. */
const STEPS_BEHIND_PAUSES: readonly (readonly [step: number, prior: number])[] = [
  [0.002, 0.35],
  [0.01, 0.2],
  [0.03, 0.25],
  [0.1, 0.2],
];
/** The part of a value's variance that its environment makes: an environment of its own looks like a step of time. */
const ALIKE: readonly (readonly [part: number, prior: number])[] = [
  [0, 0.4],
  [0.3, 0.25],
  [0.7, 0.2],
  [0.93, 0.15],
];

/** What is believed of the periods where their typical steps are known. */
export interface Fit {
  /** Whether these are the least steps there are. */
  readonly isSteady: boolean;
  readonly weight: number;
  readonly means: Float64Array;
  /** Triangle of the precision. */
  readonly lower: Matrix;
}

/**
 * @param behindPause of each period but the first, whether a pause comes before it
 * @param spread of one value, robust
 */
export function fitSteps(
  table: Table,
  behindPause: readonly boolean[],
  spread: number,
): readonly Fit[] {
  // Steps that no period takes tell nothing.
  const pauses = behindPause.includes(true) ? STEPS_BEHIND_PAUSES : STEPS_BEHIND_PAUSES.slice(0, 1);
  const withins = behindPause.includes(false) ? STEPS : STEPS.slice(0, 1);
  const fits = (table.tellsEnvironments ? ALIKE : ALIKE.slice(0, 1)).flatMap(([alike, prior]) => {
    const layout = layOut(table, alike, spread);
    return withins.flatMap(([within, ofWithin]) =>
      pauses.flatMap(([behind, ofBehind]) => {
        const steps = behindPause.map((isBehind) => (isBehind ? behind : within));
        const fit = fitUnder(layout, steps);
        if (fit === null) return [];
        const isSteady = within === STEPS[0]?.[0] && behind === pauses[0]?.[0];
        return [{ ...fit, isSteady, log: fit.log + Math.log(prior * ofWithin * ofBehind) }];
      }),
    );
  });
  const most = Math.max(...fits.map(({ log }) => log));
  const total = fits.reduce((sum, { log }) => sum + Math.exp(log - most), 0);
  return fits.map(({ log, ...fit }) => ({ ...fit, weight: Math.exp(log - most) / total }));
}

function fitUnder(
  layout: Layout,
  steps: readonly number[],
): { readonly means: Float64Array; readonly lower: Matrix; readonly log: number } | null {
  const lower = cholesky(precisionOf(layout, steps));
  if (lower === null) return null;
  const half = solveLower(
    lower,
    layout.sums.map((sum) => sum / layout.variance),
  );
  const log =
    layout.log -
    logDeterminant(lower) / 2 -
    steps.reduce((sum, step) => sum + Math.log(step), 0) +
    half.reduce((sum, each) => sum + each * each, 0) / 2;
  return { means: solveUpper(lower, half), lower, log };
}

/** Of the measurements, and of a random walk from the first period on. */
function precisionOf({ information, variance }: Layout, steps: readonly number[]): Matrix {
  const ofStep = steps.map((step) => 1 / step ** 2);
  return information.map((row, i) =>
    row.map((_, j) => {
      const own = (ofStep[i] ?? 0) + (ofStep[i + 1] ?? 0);
      const between = Math.abs(i - j) === 1 ? -(ofStep[Math.max(i, j)] ?? 0) : 0;
      return cell(information, i, j) / variance + (i === j ? own : between);
    }),
  );
}
