import { PowerdialError } from '../../contract/errors.ts';
import type { CheckDeps } from '../../contract/check-deps.ts';
import type { CheckInput, CheckStageInput, MeasuredSide } from '../../contract/check-stages.ts';
import type { CheckObservation } from '../../contract/check.ts';
import { payloadAt, sideBlock, type SideInvocation } from '../../core/compare/side-schedule.ts';
import { pricesOf } from '../../core/cost/prices.ts';
import { mostUsd, observationUsd, type SpendingTerms } from '../../core/measure/spending.ts';
import { gbSecondsOf } from '../../core/cost/invocation-cost.ts';
import { invokeUnthrottled } from '../invoke-unthrottled.ts';
import { CallTime } from '../measure/call-time.ts';
import { ExecutionWatch } from '../measure/execution-watch.ts';
import { Lanes } from '../measure/lanes.ts';
import { readLateLog } from '../measure/read-late-log.ts';
import { lost, observe, type Sent } from '../observe.ts';
import { packSides, unpackSides } from './check-codec.ts';
import type { CheckStage } from './check-stage.ts';
import { endedAs, type Ended } from './ended-as.ts';
import { findEnvironments, type Invoked } from './find-environments.ts';
import { readSource } from './read-source.ts';
import { refuseDeployedSince } from './refuse-deployed-since.ts';
import { sideOf } from './side-of.ts';

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
  const fromMs = deps.now();
  const invoked: Invoked[] = [];
  let { sent, spent, exhausted } = progress;
  while (sent < look.invocationsPerSide && !exhausted) {
    const perSide = Math.min(look.environmentsPerSide, look.invocationsPerSide - sent);
    const names = sides.base === null ? (['head'] as const) : (['base', 'head'] as const);
    const block = sideBlock(names, { from: sent, perSide, seed: input.seed });
    const worstUsd = block.reduce((sum, { side }) => sum + worstOf(sideOf(sides, side)), 0);
    if (spent.usd + worstUsd > input.maxUsd) {
      exhausted = true;
      break;
    }
    if (invoked.length > 0 && !time.fitsAnother()) break;
    if (!(await watch.goesOn())) break;
    const made = await invokeBlock(state, input, block, { time, watch }, deps);
    for (const each of made) {
      invoked.push(each);
      const terms = termsOf(sideOf(sides, each.side));
      const { billedMs, memoryMb } = each.observation;
      spent = {
        invocations: spent.invocations + 1,
        gbSeconds: spent.gbSeconds + gbSecondsOf({ billedMs: billedMs ?? 0, memoryMb }),
        usd: spent.usd + observationUsd(each.observation, terms),
      };
    }
    // What the time was too short for is made by the next call; a side may be a few ahead of the other.
    const madeOf = (name: string): number => made.filter(({ side }) => side === name).length;
    sent += Math.min(...names.map(madeOf));
    deps.onCheckProgress({
      look: look.number,
      done: sent * names.length,
      planned: look.invocationsPerSide * names.length,
      usd: spent.usd,
    });
    if (made.length < block.length) break;
  }
  if (invoked.length === 0 && !exhausted && (await watch.goesOn()))
    throw busy(sides.head, 'no invocation could begin in time');
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
    progress: { observations: packed, streams: found.streams, sent, spent, exhausted },
    done: exhausted || sent >= look.invocationsPerSide,
    warnings: [
      ...found.warnings,
      ...(exhausted
        ? [
            {
              code: 'budget-reached',
              message: `Measuring stopped at maxUsd, which is ${input.maxUsd}: another block that runs into its timeouts could have passed it.`,
            },
          ]
        : []),
    ],
  };
};

/** What ends the invoking beside the plan and the budget. */
interface Limits {
  readonly time: CallTime;
  readonly watch: ExecutionWatch;
}

async function invokeBlock(
  state: State,
  input: CheckInput,
  block: readonly SideInvocation[],
  limits: Limits,
  deps: CheckDeps,
): Promise<readonly Invoked[]> {
  const lanes = new Lanes(block.length);
  const invoked: Invoked[] = [];
  const failures: Error[] = [];
  for (const { side, index } of block) {
    await lanes.free();
    if (failures.length > 0 || !limits.time.fitsAnother()) break;
    lanes.run(async () => {
      try {
        const payload = payloadAt(
          index,
          input.payloads.map(({ weight }) => weight),
          input.seed,
        );
        const made = await invokeOne(
          state,
          input,
          sideOf(state.sides, side),
          payload,
          limits,
          deps,
          () => {
            lanes.narrow();
          },
        );
        if (made !== null) invoked.push({ side, ...made });
      } catch (error) {
        failures.push(error as Error);
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
  payload: number,
  { time, watch }: Limits,
  deps: CheckDeps,
  onThrottled: () => void,
): Promise<{ readonly requestId: string | null; readonly observation: Ended } | null> {
  const sent: Sent = {
    memoryMb: side.facts.key.memoryMb,
    payload,
    atMs: deps.now() - Date.parse(state.run.startedAt),
  };
  const reply = await invokeUnthrottled(
    deps,
    {
      functionName: side.functionName,
      ...(side.version === null ? {} : { qualifier: side.version }),
      payload: JSON.stringify(input.payloads[payload]?.payload ?? {}),
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
      throw busy(side, reply.reason);
    case 'answered': {
      const seen = observe(reply, sent);
      const observation =
        seen.outcome === 'lost'
          ? await readLateLog(deps, side, reply, sent, () => time.leftMs())
          : seen;
      return {
        requestId: reply.requestId,
        observation: endedAs(observation, reply, input.ignoreErrors),
      };
    }
  }
}

function busy({ functionName }: MeasuredSide, reason: string): PowerdialError {
  return new PowerdialError(
    'TargetBusy',
    `Measure ${functionName}: its invocations have been throttled for too long (${reason}). Start again when its concurrency is free, or with a lower concurrency.`,
  );
}

function termsOf({ facts, timeoutSeconds }: MeasuredSide): SpendingTerms {
  const { key, ephemeralStorageMb } = facts;
  return {
    prices: pricesOf(key.region, key.architecture, ephemeralStorageMb),
    ephemeralStorageMb,
    timeoutSeconds,
  };
}

function worstOf(side: MeasuredSide): number {
  return mostUsd(side.facts.key.memoryMb, termsOf(side));
}
