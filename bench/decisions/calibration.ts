import type { GoalKind, Judged } from './run-decisions.ts';
import { rawProbability } from '../../src/core/recommend/stated-probability.ts';
import { goalOf } from './run-decisions.ts';
import { meanOf, percent, printTable, shareOf } from './table.ts';
import { regretOf } from './truth.ts';

/** One stated probability and what became of it. */
export interface Stated {
  readonly probability: number;
  /** The share of draws, before it was calibrated. */
  readonly raw: number;
  readonly isWithin: boolean;
  readonly verdict: string;
}

export function statedBy(kind: GoalKind, { judged, truth }: Judged): readonly Stated[] {
  if (judged.kind !== 'recommended' || judged.confidence.withinTolerance === null) return [];
  if (!truth.some(({ isSafe }) => isSafe)) return [];
  const { withinTolerance, tolerance } = judged.confidence;
  return [
    {
      probability: withinTolerance,
      raw: rawProbability(kind, withinTolerance),
      isWithin: regretOf(goalOf(kind), truth, judged.memoryMb) <= tolerance,
      verdict: judged.verdict,
    },
  ];
}

/** Tenths with fewer runs than this are printed, and not judged. */
const ENOUGH = 300;

/** Reliability: in each tenth of the stated probability, how often it was true. */
export function printCalibration(title: string, stated: readonly Stated[]): void {
  const tenths = Array.from({ length: 10 }, (_, index) =>
    stated.filter(({ probability }) => Math.min(9, Math.floor(probability * 10)) === index),
  );
  printTable(
    `${title}: ${stated.length} runs`,
    ['stated', 'runs', 'mean stated', 'came true', 'difference', ''],
    tenths.map((own, index) => {
      const claimed = meanOf(own.map(({ probability }) => probability));
      const found = shareOf(own, ({ isWithin }) => isWithin);
      const isJudged = own.length >= ENOUGH;
      return [
        `${index / 10}–${(index + 1) / 10}`,
        String(own.length),
        percent(claimed, 1),
        percent(found, 1),
        percent(found - claimed, 1),
        isJudged ? (Math.abs(found - claimed) <= 0.03 ? 'holds' : 'OFF') : '',
      ];
    }),
  );
  const verdicts = ['change', 'keep', 'inconclusive'].map((verdict) => {
    const own = stated.filter((each) => each.verdict === verdict);
    return `${verdict} ${percent(own.length / stated.length, 0)} (within tolerance ${percent(
      shareOf(own, ({ isWithin }) => isWithin),
      1,
    )})`;
  });
  console.log(`  ${verdicts.join(', ')}`);
}
