import type { CheckDeps } from '../../contract/check/check-deps.ts';
import type { CheckInput, CheckStageInput } from '../../contract/check/check-stages.ts';
import { sideBlock, type SideInvocation } from '../../core/compare/side-schedule.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { CallTime } from '../target/call-time.ts';
import { ExecutionWatch } from '../target/execution-watch.ts';
import { LateLogs } from '../target/late-logs.ts';
import { packSides, unpackSides } from './check-codec.ts';
import type { CheckStage } from './stage.ts';
import { findEnvironments, type FoundEnvironments, type Invoked } from './find-environments.ts';
import { invokeBlock, type CallOfMeasure } from './invoke-block.ts';
import { passOverLost, reachOfCall } from './lost-calls.ts';
import { readSource } from './read-source.ts';
import { refuseDeployedSince } from './refuse-deployed-since.ts';
import { addSpent, advance } from './side-progress.ts';
import { sideOf } from './side-of.ts';
import { mostUsdOfSide } from './side-terms.ts';

type State = CheckStageInput<'Measure'>;
type Progress = State['progress'];

/** What throttling, a late log and finding log streams may take around an invocation. */
const AROUND_MS = 120_000;

/**
 * Invokes both sides block by block, until the look has what it needs, the time of this call or the whole
 * check is over, or nothing more is affordable. All invocations of a block start together, so that each side is served by
 * several environments.
 */
export const measureSides: CheckStage<'Measure'> = async (found, deps, context) => {
  const input = readSource(found.source);
  const state = { ...found, progress: passOverLost(found, input.maxUsd) };
  const { look, sides } = state;
  const waitMs = (Math.max(sides.head.timeoutSeconds, sides.base?.timeoutSeconds ?? 0) + 15) * 1000;
  const time = new CallTime(context, { invocationMs: waitMs, aroundMs: AROUND_MS });
  const call = { time, watch: new ExecutionWatch(deps, state.run), lateLogs: new LateLogs(deps) };
  const fromMs = deps.now();
  const { invoked, ...standing } = await invokeBlocks(state, input, call, deps);
  const { sent, exhausted } = standing;
  const isDone = exhausted || sent >= look.invocationsPerSide;
  if (invoked.length === 0 && !isDone && (await call.watch.goesOn())) {
    throw toRefusal({ code: 'no-time-for-a-block', function: sides.head.functionName });
  }
  const { streams, trials, lost } = state.progress;
  const leftMs = (): number => time.leftMs();
  const environments = await findEnvironments(deps, sides, invoked, streams, fromMs, leftMs);
  await refuseDeployedSince(deps, sides);
  return {
    progress: {
      ...standing,
      observations: addFound(state.progress.observations, environments),
      streams: environments.streams,
      trials,
      lost,
    },
    done: isDone,
    warnings: [
      ...call.lateLogs.warnings(),
      ...environments.warnings,
      ...(exhausted
        ? [toWarning({ code: 'budget-reached', maxUsd: input.maxUsd, notMade: null })]
        : []),
    ],
  };
};

/** How far a call of Measure has come. */
interface Standing extends Pick<Progress, 'sent' | 'ahead' | 'spent' | 'exhausted'> {
  readonly invoked: readonly Invoked[];
}

async function invokeBlocks(
  state: State,
  input: CheckInput,
  call: CallOfMeasure,
  deps: CheckDeps,
): Promise<Standing> {
  const { look, sides } = state;
  const names = sides.base === null ? (['head'] as const) : (['base', 'head'] as const);
  const invoked: Invoked[] = [];
  let { sent, ahead, spent, exhausted } = state.progress;
  const reach = reachOfCall(state, state.progress);
  while (sent < reach && !exhausted) {
    const perSide = Math.min(look.environmentsPerSide, reach - sent);
    const block = sideBlock(names, { from: sent, perSide, seed: input.seed }).filter(
      ({ side, index }) => !ahead[side].includes(index),
    );
    exhausted = spent.usd + worstUsdOf(block, sides) > input.maxUsd;
    if (exhausted) break;
    if (invoked.length > 0 && !call.time.fitsAnother()) break;
    if (!(await call.watch.goesOn())) break;
    const made = await invokeBlock(state, input, block, call, deps);
    invoked.push(...made);
    spent = addSpent(spent, made, sides);
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
  return { invoked, sent, ahead, spent, exhausted };
}

function worstUsdOf(block: readonly SideInvocation[], sides: State['sides']): number {
  return block.reduce((sum, { side }) => sum + mostUsdOfSide(sideOf(sides, side)), 0);
}

/** Tells what was observed before, and in this call, packed again. */
function addFound(before: string, { observations }: FoundEnvironments): string {
  const known = unpackSides(before);
  const of = (name: 'base' | 'head') =>
    observations.filter(({ side }) => side === name).map(({ observation }) => observation);
  return packSides({
    base: [...known.base, ...of('base')],
    head: [...known.head, ...of('head')],
  });
}
