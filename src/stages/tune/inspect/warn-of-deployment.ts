import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { Deps } from '../../../contract/shared/deps.ts';
import type { Input } from '../../../contract/tune/input.ts';
import type { WarningFacts } from '../../../contract/shared/warnings/warning.ts';
import { findDeployingTool, type DeployingTool } from '../../../core/target/managed-by.ts';

/**
 * Says that what is applied lasts until the next deployment, where the function's tags tell that a tool
 * deploys it. Tags that may not be read tell nothing, and are no reason to fail.
 */
export async function warnOfDeployment(
  deps: Pick<Deps, 'readTags'>,
  functionArn: string,
  { apply }: Pick<Input, 'apply'>,
): Promise<readonly WarningFacts[]> {
  if (apply === false) return [];
  let found: DeployingTool | null;
  try {
    found = findDeployingTool(await deps.readTags(functionArn));
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return [];
  }
  return found === null ? [] : [{ code: 'apply-undone-by-deployment', ...found }];
}
