import type { Deps } from '../../../contract/shared/deps.ts';
import type { DeleteVersionsDeps } from '../../target/delete-versions.ts';
import type { PutBackDeps } from '../../target/put-back.ts';

/** What Inspect needs from the world. */
export type InspectDeps = PutBackDeps &
  DeleteVersionsDeps &
  Pick<
    Deps,
    | 'invoke'
    | 'proveInvoke'
    | 'isOnAws'
    | 'readFunctionConcurrency'
    | 'readUnreservedConcurrency'
    | 'readTriggers'
    | 'readObject'
    | 'readExecutionStatus'
    | 'readFailureDestination'
    | 'findLogEvents'
    | 'readTags'
  >;
