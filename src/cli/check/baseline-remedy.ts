import type { BaselineRemedy } from '../../api/check/missing-baselines.ts';
import { baselineCommand } from './baseline-command.ts';
import type { CheckOptions } from './check-options.ts';

/** Returns the command that makes a function's baseline anew, with whatever shares its file. */
export function baselineRemedy(
  functionName: string | undefined,
  options: CheckOptions,
): BaselineRemedy {
  return ({ target }, planned) => {
    const file = target.baselineFile ?? '';
    const isShared = planned.every((each) => each.target.baselineFile === file);
    return baselineCommand(isShared ? functionName : target.name, options, file);
  };
}
