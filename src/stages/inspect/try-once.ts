import { PowerdialError } from '../../contract/errors.ts';
import type { Deps } from '../../contract/deps.ts';
import type { FunctionConfiguration } from '../../contract/function-configuration.ts';
import type { Observation } from '../../contract/observation.ts';
import { readLateLog } from '../measure/read-late-log.ts';
import { lost, observe } from '../observe.ts';
import { invokeOnce } from '../invoke-once.ts';

/** A target with a longer timeout is not tried: Inspect has to answer within a minute. */
const LONGEST_TIMEOUT_SECONDS = 60;
/** An answer that takes longer is not waited for: the measurement will tell. */
const LONGEST_WAIT_MS = 25_000;

/** Whether the target's trial can be waited for. */
export function isTried({ timeoutSeconds }: { readonly timeoutSeconds: number }): boolean {
  return timeoutSeconds <= LONGEST_TIMEOUT_SECONDS;
}

/**
 * One invocation of $LATEST as it is, so that a payload which the function does not understand costs one
 * invocation and not hundreds. Running out of time or memory is no objection: other sizes may do better. Its
 * log tells what the function uses, which bounds the sizes that are set on $LATEST: where the answer lacks
 * it, it is looked up.
 *
 * @returns `null` when the target's timeout is too long to try
 * @throws {PowerdialError} TrialFailed with the function's own error
 */
export async function tryOnce(
  deps: Pick<Deps, 'invoke' | 'findLogLines' | 'now' | 'sleep'>,
  target: FunctionConfiguration,
  options: {
    readonly payload: string;
    readonly ignoreErrors: readonly string[];
    readonly startedAtMs: number;
    /** How long the log may still be looked for. */
    readonly leftMs: () => number;
  },
): Promise<Observation | null> {
  if (!isTried(target)) return null;
  const sent = { memoryMb: target.memoryMb, payload: 0, atMs: deps.now() - options.startedAtMs };
  const reply = await invokeOnce(deps, {
    functionName: target.functionName,
    payload: options.payload,
    waitMs: Math.min(LONGEST_WAIT_MS, (target.timeoutSeconds + 10) * 1000),
  });
  switch (reply.kind) {
    case 'lost':
      return lost(sent);
    case 'answered': {
      const observation = observe(reply, sent);
      const failed = reply.functionError !== null && observation.outcome === 'error';
      if (failed && !options.ignoreErrors.includes(reply.errorType ?? '')) {
        throw trialFailed(target, reply.errorType, reply.errorMessage);
      }
      return observation.outcome === 'lost'
        ? readLateLog(deps, target, reply, sent, options.leftMs)
        : observation;
    }
  }
}

function trialFailed(
  target: FunctionConfiguration,
  errorType: string | null,
  errorMessage: string | null,
): PowerdialError {
  const type = errorType ?? 'an error without a type';
  return new PowerdialError(
    'TrialFailed',
    `Invoke ${target.functionName} once with the payload, before measuring: wanted an answer, it failed with ${type}: ${errorMessage ?? 'no message'}. Give a payload that it understands, or name the error in ignoreErrors.`,
    { facts: { function: target.functionArn, errorType } },
  );
}
