import { PowerdialError } from '../../contract/errors.ts';
import type { CheckInput, CheckStageInput } from '../../contract/check-stages.ts';
import type { CheckObservation, MetricJudgement } from '../../contract/check.ts';
import type { Warning } from '../../contract/state.ts';
import { ONLY_LOOK, shareOfLook } from '../../core/compare/alpha-spending.ts';
import { failed, isSettled, judge } from '../../core/compare/judge.ts';
import { warmOf, type Side } from '../../core/compare/side-sample.ts';
import { toCompressedCheckTable, unpackSides, type CheckOutput } from './check-codec.ts';
import type { CheckStage } from './check-stage.ts';
import { readSource } from './read-source.ts';

type State = CheckStageInput<'Judge'>;

/** Judges every rule, and says whether more measuring could change how the check ends. */
export const judgeSides: CheckStage<'Judge'> = (state) => {
  const input = readSource(state.source);
  const sides = sidesOf(state, input);
  // A check that looks only once spends everything on that look.
  const share = input.exhaustive ? ONLY_LOOK : shareOfLook(state.look.number);
  const metrics = judge(input.rules, sides, {
    comparisons: input.comparisons,
    falseAlarmRate: input.falseAlarmRate,
    shareOfLook: share,
    driftSpread: input.stored === null ? 0 : input.driftSpread,
    isStored: input.stored !== null,
  });
  refuseNothingMeasured(state, sides, metrics);
  const settled = isSettled(metrics, input.patient) || state.last || state.progress.exhausted;
  return Promise.resolve({
    settled,
    result: settled ? { ...resultOf(state, input, sides, metrics) } : null,
  });
};

interface BothSides {
  readonly base: Side | null;
  readonly head: Side;
}

function sidesOf({ sides, progress }: State, { stored }: CheckInput): BothSides {
  const observed = unpackSides(progress.observations);
  const base =
    stored !== null
      ? { facts: stored.facts, observations: unpackSides(stored.observations).head }
      : sides.base === null
        ? null
        : { facts: sides.base.facts, observations: observed.base };
  return { base, head: { facts: sides.head.facts, observations: observed.head } };
}

/** Nothing but failures is no measurement, unless a rule about them has already failed. */
function refuseNothingMeasured(
  { progress }: State,
  { base, head }: BothSides,
  metrics: readonly MetricJudgement[],
): void {
  if (metrics.some(failed)) return;
  for (const [name, side] of [
    ['base', base],
    ['head', head],
  ] as const) {
    if (side === null || warmOf(side.observations).length > 0) continue;
    // An environment's first invocation is left out, so a first look of cold ones alone is no failure.
    if (side.observations.some(({ outcome }) => outcome === 'ok') && !progress.exhausted) continue;
    const counts = Object.entries(countOutcomes(side.observations))
      .map(([outcome, count]) => `${count} ${outcome}`)
      .join(', ');
    throw new PowerdialError(
      'NothingMeasured',
      `Measure the ${name} (${side.facts.function}): wanted warm invocations that end well, got ${counts === '' ? 'none at all' : counts}. A failed measurement is no pass: ${progress.exhausted ? 'maxUsd stopped it, so raise that' : "look at the function's log"}.`,
      { facts: { function: side.facts.function, side: name } },
    );
  }
}

function resultOf(
  { progress, look, warnings }: State,
  input: CheckInput,
  { base, head }: BothSides,
  metrics: readonly MetricJudgement[],
): CheckOutput {
  const observations = toCompressedCheckTable({
    base: base?.observations ?? [],
    head: head.observations,
  });
  return {
    function: input.name,
    base: base?.facts ?? null,
    head: head.facts,
    baseline: input.stored !== null ? 'stored' : base === null ? 'none' : 'measured',
    looks: input.exhaustive ? 1 : look.number,
    metrics,
    spent: progress.spent,
    warnings: [...distinct(warnings), ...errorWarnings(base, head)],
    observations,
  };
}

function distinct(warnings: readonly Warning[]): readonly Warning[] {
  return warnings.filter(
    ({ code }, index) => warnings.findIndex((other) => other.code === code) === index,
  );
}

function errorWarnings(base: Side | null, head: Side): readonly Warning[] {
  const failedOf = (side: Side | null): number =>
    side?.observations.filter(({ outcome }) => outcome !== 'ok').length ?? 0;
  const ofHead = failedOf(head);
  if (ofHead === 0) return [];
  const message = `${ofHead} of ${head.observations.length} invocations of the head did not end well${base === null ? '' : `, ${failedOf(base)} of ${base.observations.length} of the base`}; they are in no duration. A budget on errors judges them.`;
  return [{ code: 'invocations-failed', message }];
}

function countOutcomes(
  observations: readonly CheckObservation[],
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome } of observations) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
