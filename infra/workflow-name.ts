import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isNamePrefix, NAME_PREFIX_RULE } from '../src/contract/shared/name-prefix.ts';

/**
 * Returns the name of a workflow's state machine, with which the names of its functions begin. It is known
 * before the deployment, so that roles can name executions without a circle, and it is unique in an app.
 *
 * @throws where the prefix cannot begin a name
 */
export function workflowName(scope: IConstruct, prefix: string, infix = ''): string {
  if (!Token.isUnresolved(prefix) && !isNamePrefix(prefix)) {
    throw new Error(
      `Deploy ${scope.node.path}: wanted a namePrefix of ${NAME_PREFIX_RULE}, it is ${JSON.stringify(prefix)}`,
    );
  }
  return `${prefix}${infix}-${scope.node.addr.slice(-8)}`;
}
