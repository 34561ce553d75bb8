import { PowerdialError } from '../../contract/errors.ts';
import type { Deps, Invoke, InvokeReply } from '../../contract/deps.ts';
import type { StageInput } from '../../contract/stages.ts';
import { invokeUnthrottled, isThrottledFor } from '../invoke-unthrottled.ts';

const THROTTLED_FOR_MS = 300_000;

/**
 * Invokes a variant, with the functions called around it where the input names them: what the
 * pre-processor returns replaces the payload, the post-processor receives what the target returned.
 * Neither is measured; a failure of either ends the run.
 */
export async function invokeMeasured(
  deps: Pick<Deps, 'invoke' | 'now' | 'sleep'>,
  state: StageInput<'Measure'>,
  request: Parameters<Invoke>[0],
  onThrottled: () => void,
): Promise<InvokeReply> {
  const { preProcessor, postProcessor } = state.input;
  const giveUp = isThrottledFor(THROTTLED_FOR_MS);
  const replaced =
    preProcessor === undefined
      ? ''
      : await process(deps, 'preProcessor', preProcessor, request.payload);
  // A pre-processor that returns nothing (`null`) leaves the payload alone.
  const payload = replaced === '' || replaced === 'null' ? request.payload : replaced;
  const reply = await invokeUnthrottled(deps, { ...request, payload }, giveUp, onThrottled);
  if (postProcessor !== undefined && reply.kind === 'answered') {
    await process(deps, 'postProcessor', postProcessor, reply.body);
  }
  return reply;
}

async function process(
  deps: Pick<Deps, 'invoke' | 'now' | 'sleep'>,
  role: 'preProcessor' | 'postProcessor',
  functionName: string,
  payload: string,
): Promise<string> {
  const reply = await invokeUnthrottled(
    deps,
    { functionName, payload: payload === '' ? 'null' : payload, waitMs: 900_000 },
    isThrottledFor(THROTTLED_FOR_MS),
  );
  if (reply.kind === 'refused') {
    throw reply.error;
  }
  if (reply.kind !== 'answered' || reply.functionError !== null) {
    const why =
      reply.kind === 'answered'
        ? `${reply.errorType ?? 'an error'}: ${reply.errorMessage ?? 'no message'}`
        : reply.kind === 'lost'
          ? reply.cause
          : reply.reason;
    throw new PowerdialError(
      'AwsCallFailed',
      `Call the ${role} ${functionName}: wanted an answer, got ${why}. Repair it, or start the run without it.`,
      { facts: { function: functionName } },
    );
  }
  return reply.body;
}
