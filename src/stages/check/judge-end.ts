import type { InvokeReply } from '../../contract/shared/invoke-calls.ts';
import type { Observation } from '../../contract/shared/observation.ts';
import { findReport } from '../../core/platform-log/find-report.ts';
import { outcomeOf } from '../../core/platform-log/outcome-of.ts';

type Answered = Extract<InvokeReply, { kind: 'answered' }>;

/** An observation, with whether its error is one that is ignored. */
export type Ended = Observation & { readonly ignored?: boolean };

/**
 * Tells how an invocation ended, by its answer as well as by its log. A head that crashes so hard that
 * nothing of it is logged has failed all the same: its answer says so, though nothing else is known of it.
 */
export function judgeEnd(
  observation: Observation,
  reply: Answered,
  ignoreErrors: readonly string[],
): Ended {
  const ended =
    observation.outcome === 'lost' && reply.functionError !== null
      ? { ...observation, outcome: outcomeOf(findReport('', reply.requestId), reply) }
      : observation;
  return isIgnored(ended, reply, ignoreErrors) ? { ...ended, ignored: true } : ended;
}

function isIgnored(
  { outcome }: Observation,
  { errorType }: Answered,
  ignoreErrors: readonly string[],
): boolean {
  return outcome === 'error' && errorType !== null && ignoreErrors.includes(errorType);
}
