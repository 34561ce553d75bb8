import type { Judged } from './run-decisions.ts';
import { percent, printTable, shareOf } from './table.ts';

/** Whether the stated interval of one size holds its true mean. */
export interface Covered {
  readonly family: string;
  readonly count: number;
  readonly holdsDuration: boolean;
  readonly holdsCost: boolean;
  /** Half the width of the duration's interval ÷ the true mean. */
  readonly halfWidth: number;
}

export function coverageOf({ bench, judged, truth }: Judged): readonly Covered[] {
  return judged.sizes.flatMap((size) => {
    const { durationMs, costUsdPerMillion: cost } = size;
    const point = truth.find(({ memoryMb }) => memoryMb === size.memoryMb);
    if (point?.isSafe !== true || durationMs.low === null || durationMs.high === null) return [];
    const perMillion = point.costUsd * 1e6;
    return [
      {
        family: bench.family,
        count: size.invocations - size.coldStarts - size.errors,
        holdsDuration: durationMs.low <= point.durationMs && point.durationMs <= durationMs.high,
        halfWidth: (durationMs.high - durationMs.low) / 2 / point.durationMs,
        holdsCost: (cost.low ?? Infinity) <= perMillion && perMillion <= (cost.high ?? -Infinity),
      },
    ];
  });
}

const BUCKETS: readonly (readonly [from: number, to: number])[] = [
  [2, 4],
  [5, 9],
  [10, 29],
  [30, 199],
  [200, Infinity],
];

/** Coverage of 95 % intervals by family and by number of warm observations: duration / cost (sizes). */
export function printCoverage(title: string, covered: readonly Covered[]): void {
  const families = [...new Set(covered.map(({ family }) => family))];
  const row = (name: string, own: readonly Covered[]): readonly string[] => [
    name,
    ...BUCKETS.map(([from, to]) => {
      const these = own.filter(({ count }) => count >= from && count <= to);
      if (these.length < 20) return '–';
      const duration = shareOf(these, ({ holdsDuration }) => holdsDuration);
      const cost = shareOf(these, ({ holdsCost }) => holdsCost);
      return `${percent(duration, 1)} / ${percent(cost, 1)} (${these.length})`;
    }),
  ];
  printTable(
    title,
    ['warm observations', ...BUCKETS.map(([from, to]) => `${from}–${to}`)],
    [
      row('all', covered),
      ...families.map((family) =>
        row(
          family,
          covered.filter((each) => each.family === family),
        ),
      ),
    ],
  );
}
