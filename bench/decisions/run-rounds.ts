import { servesGoal } from '../../src/core/recommend/serves-goal.ts';
import { confidenceWord } from '../../src/words/result/confidence.ts';
import { GOAL_KINDS, type GoalKind } from '../../src/contract/tune/goal.ts';
import { roundFunctions } from './round-families.ts';
import {
  COLD_SHARE,
  decideAdaptively,
  decideEvenly,
  goalOf,
  type Judged,
} from './run-decisions.ts';
import { meanOf, percent, printTable, quantile, shareOf } from './table.ts';
import { safest, truePoints } from './truth.ts';

const FUNCTIONS = 40;
const BANDS = [0, 0.6, 0.8, 0.9, 0.95, 0.99, 1.01];

interface Stated {
  readonly stated: number;
  readonly isTrue: boolean;
}

/**
 * Machines that are faster or slower from one round to the next: what was stated of the chosen size against
 * what came true, with sizes of Plan's own choice, and regret and money with the candidates.
 */
export function printRounds(seeds: readonly number[], isQuick: boolean, isFitting: boolean): void {
  const functions = roundFunctions(isFitting ? 8000 : 7000, isQuick ? FUNCTIONS / 4 : FUNCTIONS);
  const families = [...new Set(functions.map(({ family }) => family))];
  const rows = families.map((family) => {
    const own = functions.filter((bench) => bench.family === family);
    const stated = GOAL_KINDS.flatMap((kind) =>
      seeds.flatMap((seed) =>
        own.flatMap((bench) => statedBy(decideAdaptively(bench, kind, seed, { sizes: 'auto' }))),
      ),
    );
    return [
      family,
      String(stated.length),
      ...BANDS.slice(1).map((to, at) => cellOf(stated, BANDS[at] ?? 0, to)),
    ];
  });
  printTable(
    'Rounds, sizes auto, every goal: came true − stated (runs), by what was stated',
    [
      '',
      'runs',
      ...BANDS.slice(1).map(
        (to, at) => `${BANDS[at] ?? 0}–${Math.min(1, to)} ${confidenceWord(BANDS[at] ?? 0)}`,
      ),
    ],
    rows,
  );
  for (const kind of ['cheapest', 'fastest'] as const) printRegret(kind, seeds, functions);
}

function printRegret(
  kind: GoalKind,
  seeds: readonly number[],
  functions: ReturnType<typeof roundFunctions>,
): void {
  const families = [...new Set(functions.map(({ family }) => family))];
  const rows = families.map((family) => {
    const own = functions.filter((bench) => bench.family === family);
    const pairs = seeds.flatMap((seed) =>
      own.map((bench) => ({
        own: decideAdaptively(bench, kind, seed),
        peer: decideEvenly(bench, kind, seed, 50).trimmed,
      })),
    );
    const money = pairs.map((pair) => pair.own.usd / pair.peer.usd);
    return [
      family,
      percent(meanOf(pairs.map((pair) => pair.own.regret))),
      percent(meanOf(pairs.map(({ peer }) => peer.regret))),
      percent(
        quantile(
          pairs.map((pair) => pair.own.regret),
          0.95,
        ),
      ),
      percent(
        shareOf(pairs, (pair) => pair.own.regret > 0.05),
        1,
      ),
      `${quantile(money, 0.5).toFixed(3)} / ${meanOf(money).toFixed(3)} / ${quantile(money, 0.9).toFixed(2)}`,
      percent(
        shareOf(
          pairs,
          ({ own: { judged } }) =>
            judged.kind === 'recommended' && judged.verdict === 'inconclusive',
        ),
        0,
      ),
    ];
  });
  printTable(
    `Rounds, goal ${kind}, seeds ${seeds.join(', ')}`,
    ['', 'mean regret', '50 each', 'p95', '> 5 %', 'money: median / mean / p90', 'inconclusive'],
    rows,
  );
}

/** Held against the sizes that the run chose from. */
function statedBy({ bench, judged, run }: Judged): readonly Stated[] {
  if (judged.kind !== 'recommended') return [];
  const { input } = run.request;
  const measured = judged.sizes.filter(({ outcome }) => outcome === 'measured');
  const points = safest(
    truePoints(
      bench,
      measured.map(({ memoryMb }) => memoryMb),
      COLD_SHARE,
      input.measureTimeoutSeconds,
    ),
  );
  const at = points.findIndex(({ memoryMb }) => memoryMb === judged.memoryMb);
  if (at === -1 || points.length < 2) return [];
  const goal = goalOf(input.goal.kind);
  const isTrue = servesGoal(goal, points, goal.tolerance)[at] ?? false;
  return [{ stated: judged.confidence.withinTolerance ?? 0, isTrue }];
}

function cellOf(all: readonly Stated[], from: number, to: number): string {
  const own = all.filter(({ stated }) => stated >= from && stated < to);
  if (own.length === 0) return '–';
  const off = shareOf(own, ({ isTrue }) => isTrue) - meanOf(own.map(({ stated }) => stated));
  return `${off >= 0 ? '+' : ''}${(off * 100).toFixed(1)} (${own.length})`;
}
