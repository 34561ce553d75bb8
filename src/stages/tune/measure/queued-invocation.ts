import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { Observation } from '../../../contract/shared/observation.ts';
import type { Awaited } from '../../../contract/tune/state.ts';
import type { ScheduledInvocation } from '../../../core/measure/schedule.ts';
import { NO_REPLY } from '../../../core/platform-log/outcome-of.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { observeLost, observeLog } from '../../target/observe.ts';
import { ExecutionWatch } from '../../target/execution-watch.ts';
import { THROTTLED_FOR_MS } from './invoke-measured.ts';
import {
  ownStreams,
  payloadOf,
  targetBusy,
  versionOf,
  type SliceRequest,
} from './slice-request.ts';
import { CLOCK_SKEW_MS } from '../../target/late-logs.ts';

export const RESERVE_MS = 30_000;
const THROTTLED_PAUSE_MS = 2000;

/** An event may wait for a minute, and its log for longer: after that its invocation is lost. */
const QUEUED_FOR_MS = 60_000;
const LATE_MS = QUEUED_FOR_MS + 180_000;

/** Where the log says nothing of an error, the runtime's own lines do (text format, errors of handlers). */
const ERROR_LINES = /\tERROR\tInvoke Error|\[ERROR\]|"errorType"\s*:/;

/**
 * Tells what was handed to the queue; `null` where it was throttled until the end of this call or of the run:
 * it will not run.
 */
export async function send(
  request: SliceRequest,
  invocation: ScheduledInvocation & { readonly index: number },
  watch: ExecutionWatch,
): Promise<Awaited | null> {
  const { state, deps, context } = request;
  const { memoryMb, payload } = invocation;
  const triedMs = deps.now();
  while (context.remainingMs() > RESERVE_MS && (await watch.goesOn())) {
    const atMs = deps.now() - Date.parse(state.run.startedAt);
    const reply = await deps.invokeAsynchronously({
      functionName: state.target.functionName,
      qualifier: versionOf(state, invocation),
      payload: payloadOf(request, invocation),
    });
    switch (reply.kind) {
      case 'accepted':
        return { requestId: reply.requestId, memoryMb, payload, atMs };
      case 'throttled':
        if (deps.now() - triedMs >= THROTTLED_FOR_MS) {
          throw targetBusy(state, memoryMb, reply.reason);
        }
        await deps.sleep(THROTTLED_PAUSE_MS);
        break;
      case 'lost':
        // It may have been queued: without its id its log cannot be told from others.
        return { requestId: '', memoryMb, payload, atMs };
      case 'refused':
        throw reply.error.kind === 'not-found'
          ? versionGone(state.target.functionName, memoryMb)
          : reply.error;
    }
  }
  return null;
}

/** Returns the finished invocation; `null` while it may still run. */
export async function lookUp(request: SliceRequest, each: Awaited): Promise<Observation | null> {
  const { state, deps, lateLogs } = request;
  const startedAtMs = Date.parse(state.run.startedAt) + each.atMs;
  const { requestId, ...sent } = each;
  const longestMs = state.input.measureTimeoutSeconds * 1000;
  const isOver = deps.now() - startedAtMs > QUEUED_FOR_MS + longestMs;
  const log =
    requestId === ''
      ? ''
      : await lateLogs.find(state.target, {
          requestId,
          fromMs: startedAtMs - CLOCK_SKEW_MS,
          toMs: Math.min(deps.now(), startedAtMs + QUEUED_FOR_MS + longestMs) + CLOCK_SKEW_MS,
          // What should be there by now is searched for everywhere, should its streams be called otherwise.
          streams: isOver ? null : ownStreams(state, versionsOf(state, each.memoryMb)),
        });
  const observation = observeLog(log, requestId, NO_REPLY, sent);
  if (observation.outcome !== 'lost') {
    const failed = observation.outcome === 'ok' && ERROR_LINES.test(log);
    return failed ? { ...observation, outcome: 'error' } : observation;
  }
  return deps.now() - startedAtMs > longestMs + LATE_MS ? observeLost(sent) : null;
}

function versionsOf({ publishing }: SliceRequest['state'], memoryMb: number): readonly string[] {
  const own = publishing.variants.filter((each) => each.memoryMb === memoryMb);
  return own.flatMap(({ version }) => version ?? []);
}

function versionGone(functionName: string, memoryMb: number): PowerdialError {
  return toRefusal({
    code: 'version-gone',
    function: functionName,
    memoryMb,
    queued: true,
  });
}
