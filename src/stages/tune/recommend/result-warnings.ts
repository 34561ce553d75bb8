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

/** Every call of Measure says what is wrong, though it may have been said. */
function leaveOutRepeats(warnings: readonly Warning[]): readonly Warning[] {
  const known = new Map(warnings.map((each) => [`${each.code} ${each.message}`, each]));
  return [...known.values()];
}

/**
 * Tells what ended the planning is said once, where invocations were left out for the budget already; and the
 * most that is planned without a budget of the user's own only where it left the answer open.
 */
function isWorthSaying(warning: Warning, { warnings }: State, verdict: Result['verdict']): boolean {
  if (warning.code !== 'decision-open') return true;
  return warning['stoppedBy'] === 'max-usd'
    ? warnings.every(({ code }) => code !== 'budget-reached')
    : warning['stoppedBy'] !== 'brute-force' || verdict === 'inconclusive';
}

/** Pipelines that release by the alias wait for it: that it stays is said. */
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
