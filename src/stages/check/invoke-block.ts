import type { CheckDeps } from '../../contract/check/check-deps.ts';
import type {
  CheckInput,
  CheckStageInput,
  MeasuredSide,
} from '../../contract/check/check-stages.ts';
import type { PowerdialError } from '../../contract/shared/errors.ts';
import { sidePayloads, type SideInvocation } from '../../core/compare/side-schedule.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';
import type { CallTime } from '../target/call-time.ts';
import type { ExecutionWatch } from '../target/execution-watch.ts';
import { invokeUnthrottled } from '../target/invoke-unthrottled.ts';
import { Lanes } from '../target/lanes.ts';
import { streamsOf, type LateLogs } from '../target/late-logs.ts';
import { observeLost, observe, type Sent } from '../target/observe.ts';
import type { Invoked } from './find-environments.ts';
import { judgeEnd, type Ended } from './judge-end.ts';
import { sideOf } from './side-of.ts';
import { sidePayload } from './side-payload.ts';
import { toError } from '../../contract/shared/thrown.ts';

type State = CheckStageInput<'Measure'>;

/** How long an invocation may be throttled before the check gives up. */
const THROTTLED_FOR_MS = 120_000;

/** What the invocations of a call have in common. */
export interface CallOfMeasure {
  readonly lateLogs: LateLogs;
  readonly time: CallTime;
  readonly watch: ExecutionWatch;
}

/** Makes the invocations of one block, which all start together. What there was no time for is left out. */
export async function invokeBlock(
  state: State,
  input: CheckInput,
  block: readonly SideInvocation[],
  call: CallOfMeasure,
  deps: CheckDeps,
): Promise<readonly Invoked[]> {
  const payloads = sidePayloads(
    state.look.invocationsPerSide,
    input.payloads.map(({ weight }) => weight),
    input.seed,
  );
  const lanes = new Lanes(block.length);
  const invoked: Invoked[] = [];
  for (const { side, index } of block) {
    await lanes.free();
    if (lanes.hasFailed || !call.time.fitsAnother()) break;
    lanes.run(async () => {
      try {
        const payload = payloads[index] ?? 0;
        const made = await invokeOne(
          state,
          input,
          sideOf(state.sides, side),
          { payload, text: sidePayload(input, payload, { side, index }) },
          call,
          deps,
          () => {
            lanes.narrow();
          },
        );
        if (made !== null) invoked.push({ side, index, ...made });
      } catch (error) {
        // An invocation that still waited for its turn when the check was ended was not made.
        const isEnded = toError(error).name === 'AbortError' && call.time.leftMs() <= 0;
        if (!isEnded) throw error;
      }
    });
  }
  await lanes.finish();
  return invoked;
}

/** `null` where it was throttled until there was no time left for it, or the check was over: it did not run. */
async function invokeOne(
  state: State,
  input: CheckInput,
  side: MeasuredSide,
  { payload, text }: { readonly payload: number; readonly text: string },
  { time, watch, lateLogs }: CallOfMeasure,
  deps: CheckDeps,
  onThrottled: () => void,
): Promise<{ readonly requestId: string | null; readonly observation: Ended } | null> {
  const sentMs = deps.now();
  const sent: Sent = {
    memoryMb: side.facts.key.memoryMb,
    payload,
    atMs: sentMs - Date.parse(state.run.startedAt),
  };
  const streams = streamsOf(side.version ?? '$LATEST', sentMs);
  const reply = await invokeUnthrottled(
    deps,
    {
      functionName: side.functionName,
      ...(side.version === null ? {} : { qualifier: side.version }),
      payload: text,
      waitMs: time.invocationMs,
    },
    async (throttledMs, waitMs) =>
      throttledMs >= THROTTLED_FOR_MS || !time.fitsInvocation(waitMs) || !(await watch.goesOn()),
    onThrottled,
  );
  switch (reply.kind) {
    case 'lost':
      return { requestId: null, observation: observeLost(sent) };
    case 'refused':
      throw reply.error;
    case 'throttled':
      if (!time.fitsInvocation() || !(await watch.goesOn())) return null;
      throw toThrottledRefusal(side, reply.reason);
    case 'answered': {
      const seen = observe(reply, sent);
      const observation =
        seen.outcome === 'lost'
          ? await lateLogs.observe(side, { reply, sent, sentMs, streams }, () => time.leftMs())
          : seen;
      return {
        requestId: reply.requestId,
        observation: judgeEnd(observation, reply, input.ignoreErrors),
      };
    }
  }
}

function toThrottledRefusal({ functionName }: MeasuredSide, answer: string): PowerdialError {
  return toRefusal({ code: 'throttled-too-long', function: functionName, memoryMb: null, answer });
}
