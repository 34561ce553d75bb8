import { workflowCalls, type WorkflowCalls } from '../../../aws/workflow-calls.ts';

/**
 * Step Functions with the caller's credentials, or wherever the SDK's own settings point
 * (AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL). AWS_ENDPOINT_URL_STEP_FUNCTIONS is read too: it is what
 * people try first, but the SDK goes by the service's id.
 *
 * @param region of the ARN in question, where there is one
 */
export function openCalls(
  options: { readonly region?: string; readonly profile?: string },
  env: NodeJS.ProcessEnv,
  region: string | null,
): WorkflowCalls {
  const named = region ?? options.region;
  const endpoint =
    env['AWS_ENDPOINT_URL_SFN'] === undefined ? env['AWS_ENDPOINT_URL_STEP_FUNCTIONS'] : undefined;
  return workflowCalls({
    ...(named === undefined ? {} : { region: named }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
}
