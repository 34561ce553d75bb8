import { isMoreExpensiveAndNotFaster, type Judged, type Score } from './run-decisions.ts';
import { seededRandom } from '../../src/contract/shared/random.ts';
import { meanOf, percent, printTable, quantile, shareOf } from './table.ts';

/** One function, decided by the run under test and by 50 of each size, with the same luck of its world. */
export interface Pair {
  readonly peer: Score;
  readonly own: Judged;
}

/** Own regret beside that of 50 of each size, trimmed, function by function, and what both cost. */
export function printPaired(
  title: string,
  contestants: readonly { readonly name: string; readonly pairs: readonly Pair[] }[],
): void {
  printTable(
    title,
    [
      '',
      'functions',
      'mean beyond 50 each (± s.e.)',
      'p95 beyond (95 %)',
      'own > 5 %',
      '50 each > 5 %',
      'money: median',
      'mean',
      'p90',
      'most',
      'change',
      'worse change',
    ],
    contestants.map(({ name, pairs }) => [name, ...pairedCells(pairs)]),
  );
}

function pairedCells(pairs: readonly Pair[]): readonly string[] {
  const own = pairs.map((pair) => pair.own.regret);
  const peer = pairs.map((pair) => pair.peer.regret);
  const beyond = pairs.map((pair) => pair.own.regret - pair.peer.regret);
  const center = meanOf(beyond);
  const error = Math.sqrt(meanOf(beyond.map((each) => (each - center) ** 2)) / pairs.length);
  const money = pairs.map((pair) => pair.own.usd / pair.peer.usd);
  const changes = pairs.filter(
    ({ own: { judged } }) => judged.kind === 'recommended' && judged.verdict === 'change',
  );
  return [
    String(pairs.length),
    `${percent(center)} ± ${percent(error)}`,
    p95Beyond(pairs),
    percent(
      shareOf(own, (regret) => regret > 0.05),
      1,
    ),
    percent(
      shareOf(peer, (regret) => regret > 0.05),
      1,
    ),
    quantile(money, 0.5).toFixed(3),
    meanOf(money).toFixed(3),
    quantile(money, 0.9).toFixed(2),
    Math.max(...money).toFixed(2),
    percent(changes.length / pairs.length, 0),
    percent(
      shareOf(changes, (pair) => isMoreExpensiveAndNotFaster(pair.own)),
      2,
    ),
  ];
}

const RESAMPLES = 400;

/**
 * Own p95 less that of 50 each, with the interval that comes of drawing the functions anew: one function
 * with several seeds has one curve, and few runs lie beyond a p95.
 */
function p95Beyond(pairs: readonly Pair[]): string {
  const beyond = (of: readonly Pair[]): number =>
    quantile(
      of.map(({ own }) => own.regret),
      0.95,
    ) -
    quantile(
      of.map(({ peer }) => peer.regret),
      0.95,
    );
  const names = [...new Set(pairs.map(nameOf))];
  const byFunction = names.map((name) => pairs.filter((pair) => nameOf(pair) === name));
  const random = seededRandom(1, 'p95 beyond');
  const drawn = Array.from({ length: RESAMPLES }, () =>
    beyond(byFunction.flatMap(() => byFunction[Math.floor(random() * byFunction.length)] ?? [])),
  );
  return `${percent(beyond(pairs))} (${percent(quantile(drawn, 0.025))} to ${percent(quantile(drawn, 0.975))})`;
}

function nameOf({ own: { bench } }: Pair): string {
  return `${bench.family} ${bench.name}`;
}
