import type { Deps } from '../../../contract/shared/deps.ts';
import type { Input } from '../../../contract/tune/input.ts';
import type { WarningFacts } from '../../../contract/shared/warnings/warning.ts';
import { findDeployingTool } from '../../../core/target/managed-by.ts';
import { orElse } from '../../target/or-else.ts';

/** Tags of a function by its ARN. Tags that may not be read tell nothing, and are no reason to fail. */
export function readTagsIfAllowed(
  deps: Pick<Deps, 'readTags'>,
  functionArn: string,
): Promise<Readonly<Record<string, string>>> {
  return orElse(deps.readTags(functionArn), {});
}

/**
 * Says that what is applied lasts until the next deployment, where the function's tags tell that a tool
 * deploys it.
 */
export function warnOfDeployment(
  tags: Readonly<Record<string, string>>,
  { apply }: Pick<Input, 'apply'>,
): readonly WarningFacts[] {
  const found = apply === false ? null : findDeployingTool(tags);
  return found === null ? [] : [{ code: 'apply-undone-by-deployment', ...found }];
}
