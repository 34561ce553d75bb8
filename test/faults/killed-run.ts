import { randomBytes } from 'node:crypto';
import {
  faultPlan,
  type FaultTime,
  type InterceptedRequest,
  realClock,
} from '../../src/emulator/index.ts';
import { heal, type Healer } from './heal.ts';
import { lockedBy, nextDay, runInput, type FaultedRun } from './fault-run.ts';
import { faultTarget, REGION, targetState, type FaultTarget } from './fault-target.ts';
import { landing, type Variant } from './landing.ts';
import type { PlayerProcesses } from './player-process.ts';

/** Short: the process waits for updates in real time. */
const UPDATE_DELAY_MS = 5;

/** The calls of a run in a process of its own that nothing befalls. */
export async function callsOfProcess(
  variant: Variant,
  players: PlayerProcesses,
): Promise<readonly string[]> {
  const target = await faultTarget({
    clock: realClock,
    updateDelayMs: UPDATE_DELAY_MS,
    hasHistory: variant === 'with history',
  });
  const plan = faultPlan();
  target.intercept(plan.intercept);
  const kind = await players.play(order(target, variant, 'embedded-whole')).ended;
  await target.close();
  if (kind !== 'done') throw new Error(`The run in a process of its own ended as ${kind}`);
  return plan.calls();
}

/**
 * Kills the process that plays a run at one call, with SIGKILL: before the endpoint has done anything, or
 * when the work is done and the answer is not sent. `null` where there was no such call.
 */
export async function killedRun(
  variant: Variant,
  call: number,
  when: FaultTime,
  healer: Healer,
  players: PlayerProcesses,
): Promise<FaultedRun | null> {
  const target = await faultTarget({
    clock: realClock,
    updateDelayMs: UPDATE_DELAY_MS,
    hasHistory: variant === 'with history',
  });
  try {
    const before = await targetState(target.client);
    const run = `embedded-${randomBytes(4).toString('hex')}`;
    let struck: InterceptedRequest | null = null;
    const kill: { now?: () => Promise<void> } = {};
    target.intercept((request) => {
      // What a dead process had under way besides reaches the endpoint or not; here it does not.
      if (struck !== null) return { kind: 'drop', when: 'before' };
      if (request.call !== call) return undefined;
      struck = request;
      if (when === 'after') return { kind: 'act', when, act: () => kill.now?.() };
      void kill.now?.();
      return { kind: 'drop', when };
    });
    const player = players.play(order(target, variant, run));
    kill.now = async () => {
      player.process.kill('SIGKILL');
      await player.ended;
    };
    const kind = await player.ended;
    target.intercept(null);
    const at = struck as InterceptedRequest | null;
    if (at === null) return null;
    const atEnd = landing(before, await targetState(target.client), variant);
    const unhealed = await heal(target, healer);
    const recovered = landing(before, await targetState(target.client), variant);
    return {
      variant,
      case: `killed, ${when} the work; ${healer}`,
      call,
      operation: at.operation,
      status: kind === 'killed' ? 'killed' : 'failed',
      error: kind,
      applied: false,
      atEnd,
      recovered,
      unhealed,
      lockedBy: await lockedBy(target, nextDay()),
      unqualifiedDeletes: target.unqualifiedDeletes.length,
    };
  } finally {
    await target.close();
  }
}

function order(target: FaultTarget, variant: Variant, run: string) {
  return { url: target.url, region: REGION, run, input: runInput(variant) };
}
