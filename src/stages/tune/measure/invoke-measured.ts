import type { Deps } from '../../../contract/shared/deps.ts';
import type { Invoke, InvokeReply } from '../../../contract/shared/invoke-calls.ts';
import type { StageInput } from '../../../contract/tune/stages.ts';
import type { NotMadeReason } from '../../../words/refusals/run-refusals.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { invokeUnthrottled, type GiveUp } from '../../target/invoke-unthrottled.ts';
import type { CallTime } from '../../target/call-time.ts';
import type { AnswerRoom } from '../../target/answer-room.ts';
import type { ExecutionWatch } from '../../target/execution-watch.ts';

/** How long an invocation may be throttled before the run gives up. */
export const THROTTLED_FOR_MS = 300_000;

/** The longest that Lambda lets a function run. */
const LONGEST_MS = 900_000;

type InvokeDeps = Pick<Deps, 'invoke' | 'now' | 'sleep'>;

/** What one call of Measure has for its invocations. */
export interface CallLimits {
  readonly time: CallTime;
  readonly watch: ExecutionWatch;
  readonly room: AnswerRoom;
}

/** `not-made`: the call of Measure would have been over before the answer, or the run was; the target did not run. */
export type MeasuredReply =
  InvokeReply | { readonly kind: 'not-made'; readonly why: NotMadeReason };

/**
 * Invokes a variant, with the functions called around it where the input names them: what the
 * pre-processor returns replaces the payload, the post-processor receives what the target returned.
 * Neither is measured; a failure of either ends the run.
 */
export async function invokeMeasured(
  deps: InvokeDeps,
  state: StageInput<'Measure'>,
  request: Omit<Parameters<Invoke>[0], 'waitMs'>,
  { time, watch, room }: CallLimits,
  onThrottled: () => void,
): Promise<MeasuredReply> {
  const { preProcessor, postProcessor } = state.input;
  const replaced =
    preProcessor === undefined
      ? ''
      : await process(deps, time, {
          role: 'preProcessor',
          functionName: preProcessor,
          payload: request.payload,
          afterMs: time.invocationMs,
        });
  if (replaced === null || !time.fitsInvocation()) {
    return { kind: 'not-made', why: { kind: 'processor-slow', processor: preProcessor ?? '' } };
  }
  // A pre-processor that returns nothing (`null`) leaves the payload alone.
  const payload = replaced === '' || replaced === 'null' ? request.payload : replaced;
  const throttled = patience((waitMs) => time.fitsInvocation(waitMs), watch);
  const reply = await invokeUnthrottled(
    deps,
    {
      ...request,
      payload,
      waitMs: time.invocationMs,
      wantsAnswer: postProcessor !== undefined,
    },
    throttled.giveUp,
    onThrottled,
  );
  if (reply.kind === 'throttled' && throttled.outOfTime()) {
    return { kind: 'not-made', why: { kind: 'throttled', answer: reply.reason } };
  }
  if (reply.kind === 'answered') room.saw(payload, reply.body);
  if (postProcessor !== undefined && reply.kind === 'answered') {
    const after = { functionName: postProcessor, payload: reply.body, afterMs: 0 };
    await process(deps, time, { role: 'postProcessor', ...after });
  }
  return reply;
}

/** Tries again what is throttled, for so long, while there is time for another try and the run goes on. */
function patience(
  hasTime: (waitMs: number) => boolean,
  watch?: ExecutionWatch,
): {
  readonly giveUp: GiveUp;
  readonly outOfTime: () => boolean;
} {
  let outOfTime = false;
  return {
    async giveUp(throttledMs, waitMs) {
      if (throttledMs >= THROTTLED_FOR_MS) return true;
      outOfTime = !hasTime(waitMs) || (await watch?.goesOn()) === false;
      return outOfTime;
    },
    outOfTime: () => outOfTime,
  };
}

interface ProcessorCall {
  readonly role: 'preProcessor' | 'postProcessor';
  readonly functionName: string;
  readonly payload: string;
  /** What must be left of the call when it has answered. */
  readonly afterMs: number;
}

/**
 * Tells what a processor returned; `null` where a pre-processor did not answer while there was time for more.
 */
async function process(
  deps: InvokeDeps,
  time: CallTime,
  { role, functionName, payload, afterMs }: ProcessorCall,
): Promise<string | null> {
  const startedAtMs = deps.now();
  const leftMs = (): number => time.leftMs() - afterMs;
  const waitMs = Math.max(1, Math.min(LONGEST_MS, leftMs()));
  const throttled = patience((nextMs) => leftMs() > nextMs);
  const reply = await invokeUnthrottled(
    deps,
    { functionName, payload: payload === '' ? 'null' : payload, waitMs, wantsAnswer: true },
    throttled.giveUp,
  );
  time.processorTook(deps.now() - startedAtMs);
  if (reply.kind === 'refused') {
    throw reply.error;
  }
  const late = reply.kind !== 'answered' && leftMs() <= 0;
  if (role === 'preProcessor' && (late || throttled.outOfTime())) {
    return null;
  }
  if (reply.kind !== 'answered' || reply.functionError !== null) {
    const answer =
      reply.kind === 'answered'
        ? `${reply.errorType ?? 'an error'}: ${reply.errorMessage ?? 'no message'}`
        : reply.kind === 'lost'
          ? reply.cause
          : reply.reason;
    throw toRefusal({ code: 'processor-failed', function: functionName, role, answer });
  }
  return reply.body;
}
