import type { CheckInput } from '../../contract/check/check-stages.ts';
import {
  CHECK_COLUMNS,
  type CheckedFunction,
  type CheckTable,
  type MetricJudgement,
} from '../../contract/check/check.ts';
import type { JudgementReason } from '../../contract/check/judgement-reason.ts';
import { failsCheck } from '../../core/compare/judge.ts';
import { toMetricJudgement } from '../../words/check/judgement.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { leaveCheckUndecided } from '../../words/check/leave-check-undecided.ts';
import type { PlayedCheck } from '../../play/play-check.ts';

export interface Confirming {
  readonly play: (input: CheckInput) => Promise<PlayedCheck>;
  readonly tell: (sentence: string) => void;
}

/**
 * Measures what regressed once more, with what the first time left open; only what regresses both times
 * has regressed. What may be spent is for both times together.
 */
export async function confirmRegressions(
  first: PlayedCheck,
  input: CheckInput,
  { play, tell }: Confirming,
): Promise<PlayedCheck> {
  if (first.kind !== 'done') return first;
  const { metrics, spent } = first.result;
  const regressed = metrics.filter((each) => failsCheck(each) && each.verdict === 'regressed');
  if (regressed.length === 0) return first;
  const names = regressed.map(({ metric }) => metric).join(', ');
  const leftUsd = input.maxUsd - spent.usd;
  if (leftUsd <= 0) {
    tell(`${input.name}: ${names} regressed; maxUsd leaves nothing to measure again with`);
    return first;
  }
  tell(`${input.name}: ${names} regressed; measuring again to confirm`);
  const open = metrics.filter(({ verdict }) => verdict === 'inconclusive');
  const second = await play({
    ...input,
    rules: [...regressed, ...open].map(({ rule }) => rule),
    maxUsd: leftUsd,
    patient: true,
    measuredBefore: input.measuredBefore + 1,
    seed: (input.seed + 1) >>> 0,
  });
  switch (second.kind) {
    case 'done':
      return { kind: 'done', result: joinResults(first.result, second.result) };
    case 'failed': {
      // The first verdicts stand: the result only has to say that they were not confirmed.
      const { error, cause } = second;
      const warning = toWarning({ code: 'not-confirmed', error, cause });
      tell(`${input.name}: ${warning.message}`);
      const warnings = [...first.result.warnings, warning];
      return { kind: 'done', result: { ...first.result, warnings } };
    }
    case 'interrupted':
      // Nothing was confirmed, so nothing has regressed.
      return { kind: 'interrupted', result: leaveCheckUndecided(first.result) };
  }
}

function joinResults(first: CheckedFunction, second: CheckedFunction): CheckedFunction {
  const metrics = first.metrics.map((before) => {
    const after = second.metrics.find(
      (each) => each.metric === before.metric && each.rule.kind === before.rule.kind,
    );
    return after === undefined ? before : joinJudgements(before, after);
  });
  const { spent } = second;
  return {
    ...second,
    metrics,
    looks: first.looks + second.looks,
    spent: {
      invocations: first.spent.invocations + spent.invocations,
      gbSeconds: first.spent.gbSeconds + spent.gbSeconds,
      usd: first.spent.usd + spent.usd,
    },
    warnings: [
      ...first.warnings,
      ...second.warnings.filter(({ code }) => !first.warnings.some((each) => each.code === code)),
    ],
    observations: joinTables(first, second),
  };
}

/** Joins the two judgements of a rule that was judged twice. */
function joinJudgements(before: MetricJudgement, after: MetricJudgement): MetricJudgement {
  if (before.verdict === 'regressed' && after.verdict === 'regressed') return after;
  if (before.verdict === 'regressed') {
    const change = before.change?.estimate ?? null;
    const { metric, verdict } = after;
    return leaveUndecided(after, { code: 'not-confirmed', change, metric, verdict });
  }
  if (!failsCheck(after)) return after;
  return leaveUndecided(after, { code: 'undecided-at-first', verdict: after.verdict });
}

function leaveUndecided(judgement: MetricJudgement, reasonFacts: JudgementReason): MetricJudgement {
  return toMetricJudgement({ ...judgement, verdict: 'inconclusive', reasonFacts });
}

const SIDE = CHECK_COLUMNS.indexOf('side');
const ENVIRONMENT = CHECK_COLUMNS.indexOf('environment');

/** Environments were numbered anew the second time, though some may be the same. A stored base is one base. */
function joinTables(
  { baseline, observations: first }: CheckedFunction,
  { observations: second }: CheckedFunction,
): CheckTable {
  const after = (side: unknown): number =>
    1 +
    Math.max(
      -1,
      ...first.rows
        .filter((row) => row[SIDE] === side)
        .map((row) => row[ENVIRONMENT])
        .filter((environment) => typeof environment === 'number'),
    );
  const offsets = new Map(['base', 'head'].map((side) => [side, after(side)]));
  const measured = second.rows.filter((row) => baseline !== 'stored' || row[SIDE] === 'head');
  const moved = measured.map((row) =>
    row.map((cell, column) =>
      column === ENVIRONMENT && typeof cell === 'number'
        ? cell + (offsets.get(String(row[SIDE])) ?? 0)
        : cell,
    ),
  );
  return { columns: CHECK_COLUMNS, rows: [...first.rows, ...moved] };
}
