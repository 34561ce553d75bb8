import { randomBytes } from 'node:crypto';
import type { Json } from '../../src/contract/shared/json.ts';
import { cleanUpAfter } from '../../src/play/clean-up-after.ts';
import { type Clock, faultPlan, type InterceptedRequest } from '../../src/emulator/index.ts';
import { playTune } from '../../src/play/play-tune.ts';
import type { FaultCase } from './fault-cases.ts';
import { heal, type Healer } from './heal.ts';
import {
  faultTarget,
  targetState,
  TARGET_NAME,
  type FaultTarget,
  type SlowVersions,
} from './fault-target.ts';
import { HurriedClock } from './hurried-clock.ts';
import { landing, VARIANTS, type Landing, type Variant } from './landing.ts';

export const UPDATE_DELAY_MS = 30;
const A_DAY_MS = 24 * 3600 * 1000;

export interface FaultedRun {
  readonly variant: Variant;
  readonly case: string;
  readonly call: number;
  readonly operation: string;
  /** `done` says that the result is complete and the target as it should be. */
  readonly status: 'done' | 'failed' | 'interrupted' | 'killed';
  readonly error: string;
  /** Whether the run says that it applied its recommendation: fewer answers may leave it inconclusive. */
  readonly applied: boolean;
  /** When the run has ended, and again when recovery has run. */
  readonly atEnd: Landing;
  readonly recovered: Landing;
  /** Why the next run, where one was to heal the target, did not come to its end. */
  readonly unhealed: string | null;
  /** Why a new run could not do its work, `null` when it could. */
  readonly lockedBy: string | null;
  readonly unqualifiedDeletes: number;
}

export function runInput(variant: Variant): { readonly [key: string]: Json } {
  return {
    function: TARGET_NAME,
    memorySizes: [512, 1769],
    invocations: 4,
    seed: 7,
    apply: VARIANTS[variant],
    // Only the peer's input makes an alias.
    ...(variant === 'apply to a new alias' ? { peer: { trim: 0.2, stats: false } } : {}),
    ...(variant === 'with history' ? { history: { days: 14 }, coldShare: 0.01 } : {}),
  };
}

/** The calls of a run that nothing befalls, in order. */
export async function callsOf(
  variant: Variant,
  slow: SlowVersions | null = null,
): Promise<readonly string[]> {
  const clock = new HurriedClock();
  const target = await faultTarget({
    clock,
    updateDelayMs: UPDATE_DELAY_MS,
    slow,
    hasHistory: variant === 'with history',
  });
  const plan = faultPlan();
  target.intercept(plan.intercept);
  const played = await play(target, variant, clock);
  await target.close();
  if (played.status !== 'done') throw new Error(`${played.status}: ${played.error}`);
  return plan.calls();
}

/**
 * Plays one run with a fault at one call, then what recovers from it; `null` where there was no such call.
 *
 * @param options.tryNext whether a new run tries to do its work afterwards: a target that is as before
 * byte for byte carries no lock either, so that this may be left out
 */
export async function faultedRun(
  variant: Variant,
  faultCase: FaultCase,
  call: number,
  options: {
    readonly tryNext: boolean;
    readonly healer?: Healer;
    readonly slow?: SlowVersions;
  } = { tryNext: true },
): Promise<FaultedRun | null> {
  const clock = new HurriedClock();
  const { patienceMs, operation } = faultCase;
  const target = await faultTarget({
    clock,
    updateDelayMs: UPDATE_DELAY_MS,
    slow: options.slow ?? null,
    hasHistory: variant === 'with history',
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  try {
    const before = await targetState(target.client);
    const controller = new AbortController();
    const { fault, when, lasting } = faultCase;
    const act = (): void => controller.abort();
    const plan = faultPlan({
      call,
      when,
      lasting,
      fault: fault === 'abort' ? act : fault,
      ...(operation === undefined ? {} : { operation }),
    });
    target.intercept(plan.intercept);
    const name = `embedded-${randomBytes(4).toString('hex')}`;
    const ended = await play(target, variant, clock, {
      name,
      signal: controller.signal,
    });
    target.intercept(null);
    const struck: InterceptedRequest | null = plan.struck();
    if (struck === null) return null;
    const atEnd = landing(before, await targetState(target.client), variant);
    let unhealed: string | null = null;
    if (options.healer === undefined) await recover(target, name, clock);
    else unhealed = await heal(target, options.healer);
    const recovered = landing(before, await targetState(target.client), variant);
    return {
      variant,
      case: options.slow === undefined ? faultCase.name : `${faultCase.name}; ${options.slow}`,
      call,
      operation: struck.operation,
      ...ended,
      atEnd,
      recovered,
      unhealed,
      lockedBy: options.tryNext ? await lockedBy(target, clock) : null,
      unqualifiedDeletes: target.unqualifiedDeletes.length,
    };
  } finally {
    await target.close();
  }
}

/** The queue of the rule brings an execution so often, this long after the last time. */
const AGAIN = 7;
const AGAIN_AFTER_MS = 50_000;

/**
 * What the rule on executions that ended badly does: it knows the run and the function, nothing more. While a
 * version is pending it comes again.
 */
export async function recover(target: FaultTarget, run: string, clock: Clock): Promise<void> {
  const identity = {
    id: run,
    executionArn: `embedded:${run}`,
    startedAt: new Date().toISOString(),
  };
  for (let tries = 1; ; tries++) {
    try {
      await cleanUpAfter(identity, { function: TARGET_NAME }, target.world, clock);
      return;
    } catch (error) {
      if (tries >= AGAIN || !/while it is pending/.test(String(error))) throw error;
      await clock.sleep(AGAIN_AFTER_MS, new AbortController().signal);
    }
  }
}

/** Whether anything keeps a new run from its work; what is left of a dead one may be healed by it. */
export async function lockedBy(target: FaultTarget, clock: Clock): Promise<string | null> {
  const { status, error } = await play(target, 'no apply', clock);
  return status === 'done' ? null : error;
}

/** When what an embedded run claims is over. */
export function nextDay(): HurriedClock {
  return new HurriedClock({ aheadMs: 2 * A_DAY_MS });
}

export async function play(
  target: FaultTarget,
  variant: Variant,
  clock: Clock,
  options: { readonly name?: string; readonly signal?: AbortSignal } = {},
): Promise<Pick<FaultedRun, 'status' | 'error' | 'applied'>> {
  try {
    const played = await playTune({
      input: runInput(variant),
      world: target.world,
      signal: options.signal ?? new AbortController().signal,
      onEvent: () => undefined,
      clock,
      ...(options.name === undefined ? {} : { name: options.name }),
    });
    const error = played.kind === 'failed' ? `${played.error}: ${played.cause}` : '';
    const output = played.kind === 'done' ? (played.output as { readonly applied?: unknown }) : {};
    return { status: played.kind, error, applied: (output.applied ?? null) !== null };
  } catch (error) {
    return { status: 'failed', error: String(error), applied: false };
  }
}

/** How a point came out. Everything but the last is as it must be. */
export const OUTCOMES = [
  'survived',
  'healed at once',
  'healed by recovery',
  'applied whole',
  'NOT as before',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

export function outcomeOf(run: FaultedRun): Outcome {
  const should: Landing = run.applied ? 'applied' : 'as before';
  if (run.lockedBy !== null || run.unqualifiedDeletes > 0 || run.recovered === 'in between') {
    return 'NOT as before';
  }
  if (run.status === 'done') {
    return run.atEnd === should && run.recovered === should ? 'survived' : 'NOT as before';
  }
  if (run.recovered === 'applied') return 'applied whole';
  return run.atEnd === 'as before' ? 'healed at once' : 'healed by recovery';
}
