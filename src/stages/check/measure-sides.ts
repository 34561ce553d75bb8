import { PowerdialError } from '../../contract/shared/errors.ts';
import type { CheckDeps } from '../../contract/check/check-deps.ts';
import type {
  CheckInput,
  CheckStageInput,
  MeasuredSide,
} from '../../contract/check/check-stages.ts';
import type { CheckObservation } from '../../contract/check/check.ts';
import {
  sideBlock,
  sidePayloads,
  type SideInvocation,
  type SideName,
} from '../../core/compare/side-schedule.ts';
import { observationUsd } from '../../core/measure/spending.ts';
import { gbSecondsOf } from '../../core/cost/invocation-cost.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';
import { invokeUnthrottled } from '../target/invoke-unthrottled.ts';
import { CallTime } from '../target/call-time.ts';
import { ExecutionWatch } from '../target/execution-watch.ts';
import { Lanes } from '../target/lanes.ts';
import { LateLogs, streamsOf } from '../target/late-logs.ts';
import { lost, observe, type Sent } from '../target/observe.ts';
import { packSides, unpackSides } from './check-codec.ts';
import type { CheckStage } from './stage.ts';
import { judgeEnd, type Ended } from './judge-end.ts';
import { findEnvironments, type Invoked } from './find-environments.ts';
import { readSource } from './read-source.ts';
import { refuseDeployedSince } from './refuse-deployed-since.ts';
import { sideOf } from './side-of.ts';
import { sidePayload } from './side-payload.ts';
import { mostUsdOfSide, sideTerms } from './side-terms.ts';

type State = CheckStageInput<'Measure'>;

/** How long an invocation may be throttled before the check gives up. */
const THROTTLED_FOR_MS = 120_000;

/** What throttling, a late log and finding log streams may take around an invocation. */
const AROUND_MS = 120_000;

/**
 * Invokes both sides block by block, until the look has what it needs, the time of this call or the whole
 * check is over, or nothing more is affordable. All invocations of a block start together, so that each side is served by
 * several environments.
 */
export const measureSides: CheckStage<'Measure'> = async (state, deps, context) => {
  const input = readSource(state.source);
  const { look, progress, sides } = state;
  const waitMs = (Math.max(sides.head.timeoutSeconds, sides.base?.timeoutSeconds ?? 0) + 15) * 1000;
  const time = new CallTime(context, { invocationMs: waitMs, aroundMs: AROUND_MS });
  const watch = new ExecutionWatch(deps, state.run);
  const lateLogs = new LateLogs(deps);
  const fromMs = deps.now();
  const invoked: Invoked[] = [];
  let { sent, ahead, spent, exhausted } = progress;
  while (sent < look.invocationsPerSide && !exhausted) {
    const perSide = Math.min(look.environmentsPerSide, look.invocationsPerSide - sent);
    const names = sides.base === null ? (['head'] as const) : (['base', 'head'] as const);
    const block = sideBlock(names, { from: sent, perSide, seed: input.seed }).filter(
      ({ side, index }) => !ahead[side].includes(index),
    );
    const worstUsd = block.reduce((sum, { side }) => sum + mostUsdOfSide(sideOf(sides, side)), 0);
    if (spent.usd + worstUsd > input.maxUsd) {
      exhausted = true;
      break;
    }
    if (invoked.length > 0 && !time.fitsAnother()) break;
    if (!(await watch.goesOn())) break;
    const made = await invokeBlock(state, input, block, { time, watch, lateLogs }, deps);
    for (const each of made) {
      invoked.push(each);
      const terms = sideTerms(sideOf(sides, each.side));
      const { billedMs, memoryMb } = each.observation;
      spent = {
        invocations: spent.invocations + 1,
        gbSeconds: spent.gbSeconds + gbSecondsOf({ billedMs: billedMs ?? 0, memoryMb }),
        usd: spent.usd + observationUsd(each.observation, terms),
      };
    }
    // What the time was too short for is made by the next call, which passes over what was made already.
    ({ sent, ahead } = advance(names, { sent, ahead, made, to: sent + perSide }));
    deps.onCheckProgress({
      look: look.number,
      done: sent * names.length,
      planned: look.invocationsPerSide * names.length,
      usd: spent.usd,
    });
    if (made.length < block.length) break;
  }
  if (invoked.length === 0 && !exhausted && (await watch.goesOn()))
    throw toRefusal({ code: 'no-time-for-a-block', function: sides.head.functionName });
  const found = await findEnvironments(deps, sides, invoked, progress.streams, fromMs, () =>
    time.leftMs(),
  );
  await refuseDeployedSince(deps, sides);
  const before = unpackSides(progress.observations);
  const of = (side: 'base' | 'head'): CheckObservation[] =>
    found.observations.filter((each) => each.side === side).map((each) => each.observation);
  const packed = packSides({
    base: [...before.base, ...of('base')],
    head: [...before.head, ...of('head')],
  });
  return {
    progress: {
      observations: packed,
      streams: found.streams,
      sent,
      ahead,
      spent,
      trials: progress.trials,
      exhausted,
    },
    done: exhausted || sent >= look.invocationsPerSide,
    warnings: [
      ...lateLogs.warnings(),
      ...found.warnings,
      ...(exhausted
        ? [toWarning({ code: 'budget-reached', maxUsd: input.maxUsd, notMade: null })]
        : []),
    ],
  };
};

type Ahead = State['progress']['ahead'];

/** How far both sides have come, and what of each was made beyond that. */
function advance(
  names: readonly SideName[],
  block: {
    readonly sent: number;
    readonly ahead: Ahead;
    readonly made: readonly Invoked[];
    readonly to: number;
  },
): { readonly sent: number; readonly ahead: Ahead } {
  const all = (name: SideName): ReadonlySet<number> =>
    new Set([
      ...block.ahead[name],
      ...block.made.filter(({ side }) => side === name).map(({ index }) => index),
    ]);
  const made = { base: all('base'), head: all('head') };
  let { sent } = block;
  while (sent < block.to && names.every((name) => made[name].has(sent))) sent += 1;
  const beyond = (name: SideName): number[] => [...made[name]].filter((index) => index >= sent);
  return { sent, ahead: { base: beyond('base'), head: beyond('head') } };
}

/** What the invocations of a call have in common. */
interface CallOfMeasure {
  readonly lateLogs: LateLogs;
  readonly time: CallTime;
  readonly watch: ExecutionWatch;
}

async function invokeBlock(
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
  const failures: Error[] = [];
  for (const { side, index } of block) {
    await lanes.free();
    if (failures.length > 0 || !call.time.fitsAnother()) break;
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
        // What waited for its turn when the check was ended was not made.
        const isEnded = (error as Error).name === 'AbortError' && call.time.leftMs() <= 0;
        if (!isEnded) failures.push(error as Error);
      }
    });
  }
  await lanes.idle();
  const [failure] = failures;
  if (failure !== undefined) throw failure;
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
      return { requestId: null, observation: lost(sent) };
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
