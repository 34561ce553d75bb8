import type { InvokeReply } from '../../../contract/shared/invoke-calls.ts';
import type { Observation } from '../../../contract/shared/observation.ts';
import type { StageInput } from '../../../contract/tune/stages.ts';
import type { ScheduledInvocation } from '../../../core/measure/schedule.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import type { Lanes } from '../../target/lanes.ts';
import { observeLost, observe } from '../../target/observe.ts';
import { countsErrors } from '../counts-errors.ts';
import { invokeMeasured, type CallLimits, type MeasuredReply } from './invoke-measured.ts';
import {
  ownStreams,
  payloadOf,
  targetBusy,
  versionOf,
  type Answered,
  type SliceRequest,
} from './slice-request.ts';

/** What the invocations of a slice have in common while they are made. */
interface SliceUnderWay extends CallLimits {
  readonly lanes: Lanes;
  /** To be filled. */
  readonly requestIds: Map<Observation, string>;
  readonly failures: Map<Observation, Answered>;
}

/** Makes one invocation and finds out how it ended; `not-made` where there was no time left for it. */
export async function makeOne(
  request: SliceRequest,
  invocation: ScheduledInvocation & { readonly index: number },
  { lanes, requestIds, failures, ...limits }: SliceUnderWay,
): Promise<Observation | NotMade> {
  const { state, deps, lateLogs } = request;
  const { memoryMb, payload } = invocation;
  const sentMs = deps.now();
  const sent = { memoryMb, payload, atMs: sentMs - Date.parse(state.run.startedAt) };
  const version = versionOf(state, invocation);
  const reply = await invokeMeasured(
    deps,
    state,
    {
      functionName: state.target.functionName,
      qualifier: version,
      payload: payloadOf(request, invocation),
    },
    limits,
    () => {
      lanes.narrow();
    },
  );
  if (reply.kind === 'not-made') return reply;
  const seen = toObservation(reply, sent, state);
  const observation =
    reply.kind === 'answered' && seen.outcome === 'lost'
      ? countError(
          await lateLogs.observe(
            state.target,
            { reply, sent, sentMs, streams: ownStreams(state, [version]) },
            () => limits.time.leftMs(),
          ),
          reply,
          state,
        )
      : seen;
  if (reply.kind === 'answered') {
    requestIds.set(observation, reply.requestId);
    if (observation.outcome !== 'ok' && reply.functionError !== null) {
      failures.set(observation, reply);
    }
  }
  // The end of the call cuts a pause short: the next one begins somewhat later anyway.
  const pauseMs = Math.min(state.input.pauseMs, limits.time.leftMs());
  if (pauseMs > 0) await deps.sleep(pauseMs);
  return observation;
}

type NotMade = Extract<MeasuredReply, { kind: 'not-made' }>;

function toObservation(
  reply: InvokeReply,
  sent: Pick<Observation, 'memoryMb' | 'payload' | 'atMs'>,
  state: StageInput<'Measure'>,
): Observation {
  switch (reply.kind) {
    case 'answered':
      return countError(observe(reply, sent), reply, state);
    case 'lost':
      return observeLost(sent);
    case 'throttled':
      throw targetBusy(state, sent.memoryMb, reply.reason);
    case 'refused':
      if (reply.error.kind === 'not-found') {
        throw toRefusal(
          {
            code: 'version-gone',
            function: state.target.functionName,
            memoryMb: sent.memoryMb,
            queued: false,
          },
          reply.error,
        );
      }
      throw reply.error;
  }
}

/**
 * What a function is allowed to throw, and threw at its trial, is what it does with this payload: in the
 * peer's input its durations count, as with the peer.
 */
function countError(
  observation: Observation,
  { errorType }: Answered,
  { input, trial }: StageInput<'Measure'>,
): Observation {
  if (observation.outcome !== 'error' || !countsErrors(input, trial)) return observation;
  return input.ignoreErrors?.includes(errorType ?? '') === true
    ? { ...observation, outcome: 'ok' }
    : observation;
}
