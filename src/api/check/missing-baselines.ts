import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import type { CheckSettings } from './check-settings.ts';
import type { PlannedCheck } from './plan-check.ts';

/** Returns what makes the baseline of a function anew, as whoever asked for the check writes it. */
export type BaselineRemedy = (plan: PlannedCheck, planned: readonly PlannedCheck[]) => string;

/** Baselines that are not there yet, each with what makes it; nothing about the one that this check is to make. */
export function missingBaselines(
  planned: readonly PlannedCheck[],
  { saveBaseline, requireBaseline }: Pick<CheckSettings, 'saveBaseline' | 'requireBaseline'>,
  remedy: BaselineRemedy,
): readonly Warning[] {
  return planned.flatMap((plan): readonly Warning[] => {
    const { missingBaseline: file, target, unjudged } = plan;
    if (file === null || (file === saveBaseline && requireBaseline !== true)) return [];
    const command = remedy(plan, planned);
    return [toWarning({ code: 'no-baseline', file, function: target.name, unjudged, command })];
  });
}
