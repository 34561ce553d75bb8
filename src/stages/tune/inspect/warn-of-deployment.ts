import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { Deps } from '../../../contract/shared/deps.ts';
import type { Input } from '../../../contract/tune/input.ts';
import type { Warning } from '../../../contract/tune/state.ts';
import { managedBy } from '../../../core/target/managed-by.ts';

/**
 * Says that what is applied lasts until the next deployment, where the function's tags tell that a tool
 * deploys it. Tags that may not be read tell nothing, and are no reason to fail.
 */
export async function warnOfDeployment(
  deps: Pick<Deps, 'readTags'>,
  functionArn: string,
  { apply }: Pick<Input, 'apply'>,
): Promise<readonly Warning[]> {
  if (apply === false) return [];
  let tool: string | null;
  try {
    tool = managedBy(await deps.readTags(functionArn));
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return [];
  }
  if (tool === null) return [];
  return [
    {
      code: 'apply-undone-by-deployment',
      message: `${tool} manages the function: its next deployment sets memory and timeout back to what its own files say. Change them there, too, and what is applied will last.`,
    },
  ];
}
