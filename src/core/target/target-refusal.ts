import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';

/** Why a function can be neither tuned nor checked. */
export type TargetRefusal =
  /** Lambda Managed Instances, whose price does not depend on the duration. */
  | { readonly code: 'managed-instances' }
  /** A replica of Lambda@Edge, of the function with this ARN. */
  | { readonly code: 'edge-replica'; readonly masterArn: string }
  | { readonly code: 'durable' }
  | { readonly code: 'tenant-isolation' }
  | { readonly code: 'not-active'; readonly state: string; readonly stateReason: string | null };

/** Looks for what keeps a function from being measured; `null` when nothing does. */
export function findTargetRefusal(found: FunctionConfiguration): TargetRefusal | null {
  if (found.managedInstances) return { code: 'managed-instances' };
  if (found.masterArn !== null) return { code: 'edge-replica', masterArn: found.masterArn };
  if (found.durable) return { code: 'durable' };
  if (found.tenantIsolation) return { code: 'tenant-isolation' };
  if (found.state === 'Active') return null;
  return { code: 'not-active', state: found.state, stateReason: found.stateReason };
}
