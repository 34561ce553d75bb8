import type { Score } from './run-decisions.ts';
import { meanOf, percent, printTable, quantile, shareOf } from './table.ts';

/** One way of deciding, with its scores in the order of the functions. */
export interface Contestant {
  readonly name: string;
  readonly scores: readonly Score[];
}

/** Regret, invocations, money and rounds side by side; money is relative to the first contestant's. */
export function printRegret(title: string, contestants: readonly Contestant[]): void {
  const reference = contestants[0]?.scores ?? [];
  printTable(
    title,
    [
      '',
      'mean',
      'median',
      'p90',
      'p95',
      '> 5 %',
      'good value',
      'invocations',
      'of the money',
      'USD (mean)',
      'rounds',
    ],
    contestants.map(({ name, scores }) => {
      const regrets = scores.map(({ regret }) => regret);
      const shares = scores.map(({ usd }, index) => usd / (reference[index]?.usd ?? Number.NaN));
      return [
        name,
        percent(meanOf(regrets)),
        percent(quantile(regrets, 0.5)),
        percent(quantile(regrets, 0.9)),
        percent(quantile(regrets, 0.95)),
        percent(
          shareOf(regrets, (regret) => regret > 0.05),
          1,
        ),
        percent(
          shareOf(scores, ({ isGoodValue }) => isGoodValue),
          1,
        ),
        meanOf(scores.map(({ invocations }) => invocations)).toFixed(0),
        quantile(shares, 0.5).toFixed(3),
        meanOf(scores.map(({ usd }) => usd)).toFixed(5),
        meanOf(scores.map(({ rounds }) => rounds)).toFixed(1),
      ];
    }),
  );
}

/** Mean regret and worst of each family, for two ways of deciding. */
export function printFamilies(title: string, contestants: readonly Contestant[]): void {
  const families = [...new Set(contestants[0]?.scores.map(({ bench }) => bench.family))];
  const reference = contestants[0]?.scores ?? [];
  printTable(
    title,
    ['', ...contestants.flatMap(({ name }) => [`${name}: mean`, 'worst', 'good', 'n', 'money'])],
    families.map((family) => [
      family,
      ...contestants.flatMap(({ scores }) => {
        const own = scores.filter(({ bench }) => bench.family === family);
        const shares = scores.flatMap(({ bench, usd }, index) =>
          bench.family === family ? [usd / (reference[index]?.usd ?? Number.NaN)] : [],
        );
        return [
          percent(meanOf(own.map(({ regret }) => regret))),
          percent(Math.max(...own.map(({ regret }) => regret)), 1),
          percent(
            shareOf(own, ({ isGoodValue }) => isGoodValue),
            0,
          ),
          meanOf(own.map(({ invocations }) => invocations)).toFixed(0),
          quantile(shares, 0.5).toFixed(2),
        ];
      }),
    ]),
  );
}
