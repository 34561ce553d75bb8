import type { TargetRefusal } from '../../core/target/target-refusal.ts';

/** Tells why a function cannot be measured, as a clause without a point. */
export function targetRefusalText(refusal: TargetRefusal): string {
  switch (refusal.code) {
    case 'managed-instances':
      return 'it runs on Lambda Managed Instances, whose price does not depend on its duration and whose log has no memory figures';
    case 'edge-replica':
      return `it is a Lambda@Edge replica; tune the function that it copies: ${refusal.masterArn}`;
    case 'durable':
      return 'it is a durable function: one execution is many invocations, so a single one says nothing about its cost';
    case 'tenant-isolation':
      return 'it uses tenant isolation: every invocation must name a tenant, and each tenant has environments of its own';
    case 'not-active': {
      const reason = refusal.stateReason === null ? '' : ` (${refusal.stateReason})`;
      return `its state is ${refusal.state}${reason}, wanted Active; invoke it once or deploy it again, then start another run`;
    }
  }
}
