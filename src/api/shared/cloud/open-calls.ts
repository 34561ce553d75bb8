import { workflowCalls, type WorkflowCalls } from '../../../aws/workflow-calls.ts';
import type { AwsConnection } from '../connect-aws.ts';

/**
 * Step Functions with the caller's credentials, or wherever the SDK's own settings point
 * (AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL). AWS_ENDPOINT_URL_STEP_FUNCTIONS is read too: it is what
 * people try first, but the SDK goes by the service's id.
 */
export function openCalls(connection: AwsConnection, env: NodeJS.ProcessEnv): WorkflowCalls {
  const endpoint =
    env['AWS_ENDPOINT_URL_SFN'] === undefined ? env['AWS_ENDPOINT_URL_STEP_FUNCTIONS'] : undefined;
  return workflowCalls({ ...connection, ...(endpoint === undefined ? {} : { endpoint }) });
}
