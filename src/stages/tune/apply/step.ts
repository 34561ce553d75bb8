import type { Deps } from '../../../contract/shared/deps.ts';
import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { StageInput } from '../../../contract/tune/stages.ts';
import type { Target } from '../../../contract/tune/target.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

export type ApplyDeps = Pick<
  Deps,
  | 'readConfiguration'
  | 'updateConfiguration'
  | 'publishVersion'
  | 'listVersions'
  | 'listAliases'
  | 'pointAlias'
  | 'createAlias'
  | 'readAllocation'
  | 'now'
  | 'sleep'
>;

export type ApplyState = StageInput<'Apply'>;

export interface WantedSetting {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
}

/** Tells what the input asks to be applied of the recommendation. */
export function readWantedSetting({ input, result, target }: ApplyState): WantedSetting {
  const timeout = typeof input.apply === 'object' && input.apply.timeout === true;
  const { memoryMb, timeoutSeconds } = result.recommendation;
  return {
    memoryMb,
    timeoutSeconds: (timeout ? timeoutSeconds : null) ?? target.timeoutSeconds,
  };
}

type Watched = Pick<Target, 'codeSha256' | 'memoryMb' | 'timeoutSeconds' | 'description'>;

/** In what of what was measured the target differs, in words. */
export function listDifferences(
  found: FunctionConfiguration,
  expected: Watched,
): readonly string[] {
  const fields = ['codeSha256', 'memoryMb', 'timeoutSeconds', 'description'] as const;
  return fields.filter((field) => found[field] !== expected[field]);
}

/** What was measured must be what gets the new setting. */
export function toChangedRefusal(
  { target }: ApplyState,
  different: readonly string[],
): PowerdialError {
  return toRefusal({
    code: 'changed-since-measured',
    function: target.functionName,
    fields: different,
  });
}
