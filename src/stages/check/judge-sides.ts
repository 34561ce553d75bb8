import { PowerdialError } from '../../contract/shared/errors.ts';
import type { CheckInput, CheckStageInput } from '../../contract/check/check-stages.ts';
import type { Warning, WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { ONLY_LOOK, shareOfLook } from '../../core/compare/alpha-spending.ts';
import { failsCheck, isSettled, judge } from '../../core/compare/judge.ts';
import type { JudgedRule } from '../../core/compare/judging.ts';
import { nothingMeasured } from '../../core/compare/nothing-measured.ts';
import type { Side } from '../../core/compare/side-sample.ts';
import { toMetricJudgement } from '../../words/check/judgement.ts';
import { nothingMeasuredText } from '../../words/check/nothing-measured.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { isOfRunSpeed } from '../../contract/check/metric.ts';
import { leaveOpen } from '../../core/compare/leave-open.ts';
import { fasterRepeats, repeatsWarnings } from '../../core/payload/repeats.ts';
import { toCompressedCheckTable, unpackSides, type CheckOutput } from './check-codec.ts';
import type { CheckStage } from './stage.ts';
import { whyReportsAreMissing } from '../target/log-unread.ts';
import { readSource } from './read-source.ts';

type State = CheckStageInput<'Judge'>;

/** Judges every rule, and says whether more measuring could change how the check ends. */
export const judgeSides: CheckStage<'Judge'> = (state) => {
  const input = readSource(state.source);
  const sides = sidesOf(state, input);
  // A check that looks only once spends everything on that look.
  const share = input.exhaustive ? ONLY_LOOK : shareOfLook(state.look.number);
  const isExhausted = state.progress.exhausted;
  const isLast = state.last || isExhausted;
  const repeats = repeatsOf(state, input, sides);
  const judged = judge(input.rules, sides, {
    comparisons: input.comparisons,
    falseAlarmRate: input.falseAlarmRate,
    shareOfLook: share,
    driftSpread: input.stored === null ? 0 : input.driftSpread,
    isStored: input.stored !== null,
    isLast,
  });
  const isOther = repeats.length > 0 && !input.allowRepeats;
  const metrics = isOther
    ? leaveOpen(judged, { code: 'repeats-faster' }, ({ metric }) => isOfRunSpeed(metric))
    : judged;
  refuseNothingMeasured(sides, metrics, {
    isLast: state.last,
    isExhausted,
    missing: whyReportsAreMissing(state.warnings) + whyCallsAreMissing(state.progress),
  });
  const missing = missingPayloads(input, sides);
  // More invocations with the same payloads would change nothing, but a payload that was not measured yet is
  // worth waiting for.
  const isEnough = isOther || (isSettled(metrics, input.patient) && missing.length === 0);
  const settled = isEnough || isLast;
  const found = [
    ...repeats.flatMap((each) => repeatsWarnings(each.found, input, each.side)),
    ...missingWarnings(missing, sides.head),
    ...lostWarnings(state.progress),
  ].map(toWarning);
  return Promise.resolve({
    settled,
    result: settled ? { ...resultOf(state, input, sides, metrics, found) } : null,
  });
};

/** Sides whose trial was far slower than everything after it. */
function repeatsOf({ progress }: State, { stored }: CheckInput, { base, head }: BothSides) {
  return progress.trials.flatMap(({ side, observation }) => {
    const measured = side === 'head' ? head : stored === null ? base : null;
    const found = fasterRepeats(observation, measured?.observations ?? []);
    return found === null ? [] : [{ side, found }];
  });
}

/** Payloads that a side was not measured with, by their places in the input. */
function missingPayloads(
  { payloads, stored }: CheckInput,
  { base, head }: BothSides,
): readonly number[] {
  const sides = stored === null && base !== null ? [base, head] : [head];
  return [...payloads.keys()].filter((payload) =>
    sides.some(({ observations }) => observations.every((each) => each.payload !== payload)),
  );
}

function missingWarnings(missing: readonly number[], { facts }: Side): readonly WarningFacts[] {
  if (missing.length === 0) return [];
  const memorySizesMb = [facts.key.memoryMb];
  const places = missing.map((payload) => ({ payload, memorySizesMb }));
  return [{ code: 'payloads-unmeasured', places, command: 'check' }];
}

function lostWarnings({ lost }: State['progress']): readonly WarningFacts[] {
  return lost.calls === 0 ? [] : [{ code: 'measuring-died', ...lost }];
}

/** Says which calls of Measure were lost, for the error of a check that has nothing left to judge. */
function whyCallsAreMissing(progress: State['progress']): string {
  return lostWarnings(progress)
    .map((facts) => ` ${toWarning(facts).message}`)
    .join('');
}

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

/** Nothing but failures is no measurement, unless a rule has failed already. */
function refuseNothingMeasured(
  sides: BothSides,
  metrics: readonly JudgedRule[],
  {
    isLast,
    isExhausted,
    missing,
  }: { readonly isLast: boolean; readonly isExhausted: boolean; readonly missing: string },
): void {
  if (metrics.some(failsCheck)) return;
  const found = nothingMeasured(sides, isLast || isExhausted);
  const [first] = found;
  if (first === undefined) return;
  const remedy = isExhausted ? 'raise-budget' : 'look-at-log';
  throw new PowerdialError('NothingMeasured', `${nothingMeasuredText(found, remedy)}${missing}`, {
    facts: { function: first.function, side: first.side },
  });
}

function resultOf(
  { progress, look, warnings }: State,
  input: CheckInput,
  { base, head }: BothSides,
  metrics: readonly JudgedRule[],
  found: readonly Warning[],
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
    metrics: metrics.map(toMetricJudgement),
    spent: progress.spent,
    warnings: [...leaveOutRepeats(warnings), ...found, ...errorWarnings(base, head)],
    observations,
  };
}

function leaveOutRepeats(warnings: readonly Warning[]): readonly Warning[] {
  return warnings.filter(
    ({ code }, index) => warnings.findIndex((other) => other.code === code) === index,
  );
}

function errorWarnings(base: Side | null, head: Side): readonly Warning[] {
  const ofHead = failuresOf(head);
  if (ofHead.failed === 0) return [];
  const facts = { head: ofHead, base: base === null ? null : failuresOf(base) };
  return [toWarning({ code: 'invocations-failed', ...facts })];
}

function failuresOf({ observations }: Side) {
  const failures = observations.filter(
    ({ outcome, ignored }) => outcome !== 'ok' && ignored !== true,
  );
  return { failed: failures.length, invocations: observations.length };
}
