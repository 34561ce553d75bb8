import { PowerdialError } from '../../contract/errors.ts';
import type { CheckDeps } from '../../contract/check-deps.ts';
import type { CheckInput, CheckStageInput, MeasuredSide } from '../../contract/check-stages.ts';
import type { CheckObservation } from '../../contract/check.ts';
import type { Observation } from '../../contract/observation.ts';
import { payloadAt, sideBlock, type SideInvocation } from '../../core/compare/side-schedule.ts';
import { pricesOf } from '../../core/cost/prices.ts';
import { mostUsd, observationUsd, type SpendingTerms } from '../../core/measure/spending.ts';
import { gbSecondsOf } from '../../core/cost/invocation-cost.ts';
import { invokeUnthrottled, isThrottledFor } from '../invoke-unthrottled.ts';
import { Lanes } from '../measure/lanes.ts';
import { readLateLog } from '../measure/read-late-log.ts';
import { lost, observe, type Sent } from '../observe.ts';
import { packSides, unpackSides } from './check-codec.ts';
import type { CheckStage } from './check-stage.ts';
import { findEnvironments, type Invoked } from './find-environments.ts';
import { readSource } from './read-source.ts';

type State = CheckStageInput<'Measure'>;

/** What this call keeps for finding log streams and handing back what it has. */
const RESERVE_MS = 60_000;
const THROTTLED_FOR_MS = 120_000;

/**
 * Invokes both sides block by block, until the look has what it needs, the time of this call is over or
 * nothing more is affordable. All invocations of a block start together, so that each side is served by
 * several environments.
 */
export const measureSides: CheckStage<'Measure'> = async (state, deps, context) => {
  const input = readSource(state.source);
  const { look, progress, sides } = state;
  const waitMs = (Math.max(sides.head.timeoutSeconds, sides.base?.timeoutSeconds ?? 0) + 15) * 1000;
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
    if (invoked.length > 0 && context.remainingMs() < waitMs + RESERVE_MS) break;
    for (const each of await invokeBlock(state, input, block, waitMs, deps)) {
      invoked.push(each);
      const terms = termsOf(sideOf(sides, each.side));
      const { billedMs, memoryMb } = each.observation;
      spent = {
        invocations: spent.invocations + 1,
        gbSeconds: spent.gbSeconds + gbSecondsOf({ billedMs: billedMs ?? 0, memoryMb }),
        usd: spent.usd + observationUsd(each.observation, terms),
      };
    }
    sent += perSide;
    deps.onCheckProgress({
      look: look.number,
      done: sent * names.length,
      planned: look.invocationsPerSide * names.length,
      usd: spent.usd,
    });
  }
  const found = await findEnvironments(deps, sides, invoked, progress.streams, fromMs);
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

async function invokeBlock(
  state: State,
  input: CheckInput,
  block: readonly SideInvocation[],
  waitMs: number,
  deps: CheckDeps,
): Promise<readonly Invoked[]> {
  const lanes = new Lanes(block.length);
  const invoked: Invoked[] = [];
  const failures: Error[] = [];
  for (const { side, index } of block) {
    await lanes.free();
    if (failures.length > 0) break;
    lanes.run(async () => {
      try {
        const payload = payloadAt(
          index,
          input.payloads.map(({ weight }) => weight),
          input.seed,
        );
        invoked.push({
          side,
          ...(await invokeOne(
            state,
            input,
            sideOf(state.sides, side),
            payload,
            waitMs,
            deps,
            () => {
              lanes.narrow();
            },
          )),
        });
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

async function invokeOne(
  state: State,
  input: CheckInput,
  side: MeasuredSide,
  payload: number,
  waitMs: number,
  deps: CheckDeps,
  onThrottled: () => void,
): Promise<{ readonly requestId: string | null; readonly observation: Observation }> {
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
      waitMs,
    },
    isThrottledFor(THROTTLED_FOR_MS),
    onThrottled,
  );
  switch (reply.kind) {
    case 'lost':
      return { requestId: null, observation: lost(sent) };
    case 'refused':
      throw reply.error;
    case 'throttled':
      throw new PowerdialError(
        'TargetBusy',
        `Measure ${side.functionName}: its invocations have been throttled for too long (${reply.reason}). Start again when its concurrency is free, or with a lower concurrency.`,
      );
    case 'answered': {
      const seen = observe(reply, sent);
      const observation =
        seen.outcome === 'lost' ? await readLateLog(deps, side, reply, sent) : seen;
      return { requestId: reply.requestId, observation };
    }
  }
}

function sideOf(sides: State['sides'], side: 'base' | 'head'): MeasuredSide {
  return side === 'base' && sides.base !== null ? sides.base : sides.head;
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
