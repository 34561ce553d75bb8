import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import type { CheckOptions } from './check-options.ts';
import { baselineCommand } from './baseline-command.ts';
import type { PlannedCheck } from '../../api/check/plan-check.ts';

/** Where the check was started from: what a command that makes a baseline repeats. */
export interface OwnCommand {
  readonly functionName: string | undefined;
  readonly options: CheckOptions;
}

/**
 * Baselines that are not there yet, each with the command that makes it; nothing about the one that
 * this check is to make.
 */
export function missingBaselines(
  planned: readonly PlannedCheck[],
  own: OwnCommand,
): readonly Warning[] {
  const { saveBaseline, requireBaseline } = own.options;
  return planned.flatMap((plan): readonly Warning[] => {
    const { missingBaseline: file, target, unjudged } = plan;
    if (file === null || (file === saveBaseline && requireBaseline !== true)) return [];
    const command = commandFor(plan, planned, own);
    return [toWarning({ code: 'no-baseline', file, function: target.name, unjudged, command })];
  });
}

/** Returns the command that makes a function's baseline anew, with whatever shares its file. */
export function commandFor(
  { target }: PlannedCheck,
  planned: readonly PlannedCheck[],
  { functionName, options }: OwnCommand,
): string {
  const file = target.baselineFile ?? '';
  const isShared = planned.every((each) => each.target.baselineFile === file);
  return baselineCommand(isShared ? functionName : target.name, options, file);
}
