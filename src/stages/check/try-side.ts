import type { CheckDeps } from '../../contract/check-deps.ts';
import type { MeasuredSide } from '../../contract/check-stages.ts';
import { PowerdialError } from '../../contract/errors.ts';
import type { Observation } from '../../contract/observation.ts';
import { invokeOnce } from '../invoke-once.ts';
import { lost, observe } from '../observe.ts';

/**
 * One invocation of a side before it is measured, so that a payload which it does not understand costs
 * one invocation and not hundreds. It is paid for and in no figure.
 *
 * @throws {PowerdialError} TrialFailed with the function's own error
 */
export async function trySide(
  deps: CheckDeps,
  side: MeasuredSide,
  payload: unknown,
  startedAtMs: number,
): Promise<Observation> {
  const sent = { memoryMb: side.facts.key.memoryMb, payload: 0, atMs: deps.now() - startedAtMs };
  const reply = await invokeOnce(deps, {
    functionName: side.functionName,
    ...(side.version === null ? {} : { qualifier: side.version }),
    payload: JSON.stringify(payload ?? {}),
    waitMs: (side.timeoutSeconds + 15) * 1000,
  });
  switch (reply.kind) {
    case 'lost':
      return lost(sent);
    case 'answered':
      if (reply.functionError !== null) {
        throw new PowerdialError(
          'TrialFailed',
          `Invoke ${side.functionName}:${side.version ?? '$LATEST'} once with the payload, before measuring: wanted an answer, it failed with ${reply.errorType ?? 'an error without a type'}: ${reply.errorMessage ?? 'no message'}. Give a payload that it understands.`,
          { facts: { function: side.functionName, errorType: reply.errorType } },
        );
      }
      return observe(reply, sent);
  }
}
