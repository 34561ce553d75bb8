import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';

/** Why a function cannot be tuned, in a sentence; `null` when it can. */
export function refusal(found: FunctionConfiguration): string | null {
  if (found.managedInstances) {
    return 'it runs on Lambda Managed Instances, whose price does not depend on its duration and whose log has no memory figures';
  }
  if (found.masterArn !== null) {
    return `it is a Lambda@Edge replica; tune the function that it copies: ${found.masterArn}`;
  }
  if (found.durable) {
    return 'it is a durable function: one execution is many invocations, so a single one says nothing about its cost';
  }
  if (found.tenantIsolation) {
    return 'it uses tenant isolation: every invocation must name a tenant, and each tenant has environments of its own';
  }
  if (found.state !== 'Active') {
    const reason = found.stateReason === null ? '' : ` (${found.stateReason})`;
    return `its state is ${found.state}${reason}, wanted Active; invoke it once or deploy it again, then start another run`;
  }
  return null;
}
