import type { Warning, WarningFacts } from '../../../contract/shared/warnings/warning.ts';
import type { Result } from '../../../contract/tune/result.ts';
import type { StageInput } from '../../../contract/tune/stages.ts';
import { tariffWarnings, type Tariff } from '../../../core/cost/tariff.ts';
import { toWarning } from '../../../words/warnings/warning.ts';
import { countsErrors } from '../counts-errors.ts';
import { isApplied } from '../is-applied.ts';

type State = StageInput<'Recommend'>;

/** What is said of the whole run: by the stages before, then by the judgement. */
export function resultWarnings(
  state: State,
  { verdict, warnings }: Pick<Result, 'verdict'> & { readonly warnings: readonly WarningFacts[] },
  tariff: Tariff,
  sizes: Result['sizes'],
): readonly Warning[] {
  const { input, trial } = state;
  const own: readonly WarningFacts[] = [
    ...warnings,
    ...tariffWarnings(tariff, input.invocationsPerMonth),
    ...fewerColdStarts(input.coldStarts, sizes),
    ...(countsErrors(input, trial)
      ? [{ code: 'allowed-errors-counted' as const, types: input.ignoreErrors ?? [] }]
      : []),
    ...aliasLeft(state, { verdict }),
  ];
  return [
    ...leaveOutRepeats(state.warnings).filter((each) => isWorthSaying(each, state, verdict)),
    ...own.map(toWarning),
  ];
}

/** Leaves out repeats: every call of Measure says what is wrong, though an earlier one may have said it. */
function leaveOutRepeats(warnings: readonly Warning[]): readonly Warning[] {
  const known = new Map(warnings.map((each) => [`${each.code} ${each.message}`, each]));
  return [...known.values()];
}

/**
 * Tells whether a warning adds anything. What ended the planning is left out where invocations that were left
 * out for the budget have been told already; that the most was planned which is planned without a budget of the
 * user's own is told only where it left the answer open.
 */
function isWorthSaying(warning: Warning, { warnings }: State, verdict: Result['verdict']): boolean {
  if (warning.code !== 'decision-open') return true;
  return warning['stoppedBy'] === 'max-usd'
    ? warnings.every(({ code }) => code !== 'budget-reached')
    : warning['stoppedBy'] !== 'brute-force' || verdict === 'inconclusive';
}

/** Warns that the alias stays where it is: pipelines that release by the alias wait for it to move. */
function aliasLeft(
  { input, target }: State,
  { verdict }: Pick<Result, 'verdict'>,
): readonly WarningFacts[] {
  if (target.alias === null || isApplied(input, verdict)) return [];
  const { name: alias, version } = target.alias;
  return [{ code: 'alias-not-moved', alias, version, verdict }];
}

/** A burst gives cold starts only while its invocations overlap: very short ones share environments. */
function fewerColdStarts(wanted: number, all: Result['sizes']): readonly WarningFacts[] {
  const sizes = all
    .filter(({ outcome, coldStarts }) => outcome === 'measured' && coldStarts < wanted)
    .map(({ memoryMb, coldStarts }) => ({ memoryMb, coldStarts }));
  return sizes.length === 0 ? [] : [{ code: 'fewer-cold-starts', wanted, sizes }];
}
