import type { BenchFunction } from './bench-function.ts';
import { decideAdaptively, type GoalKind, type Judged } from './run-decisions.ts';
import { meanOf, percent, printTable, shareOf } from './table.ts';

/**
 * What is shown of the chosen size against the truth: the plain mean, which was chosen for looking good, and
 * what is believed, which headlines go by. And how often `more` comes true.
 */
export function printShown(functions: readonly BenchFunction[], seeds: readonly number[]): void {
  const rows = (['cheapest', 'best-value', 'fastest', 'balanced'] as const).map((kind) => {
    const runs = seeds.flatMap((seed) =>
      functions.map((bench) => decideAdaptively(bench, kind, seed)),
    );
    return [kind, ...biasCells(runs), ...moreCells(runs, kind)];
  });
  printTable(
    'Of the chosen size, shown ÷ true − 1, mean (noisy: half of them); and what `more` foresaw',
    [
      'goal',
      'runs',
      'plain mean',
      'noisy',
      'believed',
      'noisy',
      'cost believed',
      'more',
      'came true',
    ],
    rows,
  );
}

interface Off {
  readonly plain: number;
  readonly believed: number;
  readonly cost: number;
  readonly scatter: number;
}

function biasCells(runs: readonly Judged[]): readonly string[] {
  const off = runs.flatMap((run) => offOf(run) ?? []);
  const middle = off.map(({ scatter }) => scatter).toSorted((a, b) => a - b)[off.length >> 1] ?? 0;
  const noisy = off.filter(({ scatter }) => scatter > middle);
  const cell = (own: readonly Off[], figure: (each: Off) => number): string =>
    percent(meanOf(own.map(figure)), 1);
  return [
    String(off.length),
    cell(off, ({ plain }) => plain),
    cell(noisy, ({ plain }) => plain),
    cell(off, ({ believed }) => believed),
    cell(noisy, ({ believed }) => believed),
    cell(off, ({ cost }) => cost),
  ];
}

function offOf({ judged, truth }: Judged): Off | null {
  if (judged.kind !== 'recommended') return null;
  const size = judged.sizes.find(({ memoryMb }) => memoryMb === judged.memoryMb);
  const point = truth.find(({ memoryMb }) => memoryMb === judged.memoryMb);
  const { mean, p95 } = size?.durationMs ?? { mean: null, p95: null };
  const believed = size?.believed ?? null;
  if (point === undefined || mean === null || p95 === null || believed === null) return null;
  return {
    plain: mean / point.durationMs - 1,
    believed: believed.durationMs / point.durationMs - 1,
    cost: believed.costUsdPerMillion / (point.costUsd * 1e6) - 1,
    scatter: p95 / mean,
  };
}

/** A run that makes as many invocations of every size as `more` said settles it, or does not. */
function moreCells(runs: readonly Judged[], kind: GoalKind): readonly string[] {
  const foreseen = runs.flatMap((run) => {
    const { judged } = run;
    if (judged.kind !== 'recommended' || judged.more === null) return [];
    const sizes = judged.sizes.filter(({ outcome }) => outcome === 'measured').length;
    const invocations = Math.ceil((run.run.invocations + judged.more.invocations) / sizes);
    return invocations > 1000 ? [] : [{ bench: run.bench, invocations }];
  });
  const settled = shareOf(foreseen, ({ bench, invocations }) => {
    const { judged } = decideAdaptively(bench, kind, 41, { invocations, maxUsd: 1e6 });
    return judged.kind === 'recommended' && judged.verdict !== 'inconclusive';
  });
  return [String(foreseen.length), foreseen.length === 0 ? '–' : percent(settled, 0)];
}
