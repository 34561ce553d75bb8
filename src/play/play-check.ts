import { randomBytes } from 'node:crypto';
import type { CheckDeps } from '../contract/check/check-deps.ts';
import {
  CHECK_STAGES,
  type CheckInput,
  type CheckStageName,
} from '../contract/check/check-stages.ts';
import { functionSeconds } from '../contract/shared/task-time.ts';
import type { CheckedFunction } from '../contract/check/check.ts';
import type { Json } from '../contract/shared/json.ts';
import { readCheckOutput, type CheckOutput } from '../stages/check/check-codec.ts';
import { runCheckStage } from '../stages/check/check-stage-functions.ts';
import { checkDefinition } from './check-definition.ts';
import { interruptibleSleep } from './interruptible.ts';
import { UNKNOWN_EXECUTION } from './stage-tasks.ts';
import { type Clock, playWorkflow, realClock, type TaskFunction } from '../emulator/index.ts';

export interface PlayCheckRequest {
  readonly input: CheckInput;
  readonly world: CheckWorldDeps;
  /** Aborted to stop the check: nothing has to be put back. */
  readonly signal: AbortSignal;
  /** @default the real time */
  readonly clock?: Clock;
}

/** What the world offers to the stages of a check; time and waiting come with each task. */
export type CheckWorldDeps = Omit<CheckDeps, 'now' | 'sleep' | 'readExecutionStatus'> &
  Partial<Pick<CheckDeps, 'readExecutionStatus'>>;

/** How a check of one function ended. */
export type PlayedCheck =
  | { readonly kind: 'done'; readonly result: CheckedFunction }
  | { readonly kind: 'failed'; readonly error: string; readonly cause: string }
  | { readonly kind: 'interrupted' };

/** Plays the check's workflow here. It invokes and reads; the functions are never changed. */
export async function playCheck(request: PlayCheckRequest): Promise<PlayedCheck> {
  const { clock = realClock } = request;
  const run = `check-${randomBytes(4).toString('hex')}`;
  const outcome = await playWorkflow({
    definition: checkDefinition(),
    input: request.input,
    tasks: checkTasks(request.world, clock),
    signal: request.signal,
    execution: { name: run, id: `embedded:${run}` },
    clock,
  });
  switch (outcome.status) {
    case 'SUCCEEDED':
      return { kind: 'done', result: readCheckOutput(outcome.output as unknown as CheckOutput) };
    case 'ABORTED':
      return { kind: 'interrupted' };
    case 'FAILED':
    case 'TIMED_OUT':
      return {
        kind: 'failed',
        error: outcome.error ?? 'UnknownError',
        cause: outcome.cause ?? '',
      };
  }
}

/** The stages of a check as tasks of the player, by the definition's placeholders. */
export function checkTasks(
  world: CheckWorldDeps,
  clock: Clock = realClock,
): Readonly<Record<string, TaskFunction>> {
  const { States } = checkDefinition() as { States: Record<string, { TimeoutSeconds: number }> };
  const task =
    (name: CheckStageName): TaskFunction =>
    async (input, { signal }) => {
      const deadlineMs = clock.now() + functionSeconds(States[name]?.TimeoutSeconds ?? 60) * 1000;
      const deps: CheckDeps = {
        readExecutionStatus: UNKNOWN_EXECUTION,
        ...world,
        now: () => clock.now(),
        sleep: interruptibleSleep(signal, clock),
      };
      const remainingMs = (): number => (signal.aborted ? 0 : deadlineMs - clock.now());
      return (await runCheckStage(name, input, deps, { remainingMs })) as Json;
    };
  const names = Object.keys(CHECK_STAGES) as CheckStageName[];
  return Object.fromEntries(names.map((name) => [CHECK_STAGES[name].resource, task(name)]));
}
