import type { CheckInput } from '../contract/check/check-stages.ts';
import type { CheckedFunction } from '../contract/check/check.ts';
import { CHECK } from '../contract/check/workflow.ts';
import { type Clock, playWorkflow, realClock } from '../emulator/index.ts';
import { readCheckOutput, type CheckOutput } from '../stages/check/check-codec.ts';
import { checkStages } from '../stages/check/check-stages.ts';
import { interruptedCheck } from './interrupted-check.ts';
import { newExecutionName, playedArn } from './execution-name.ts';
import { stageTasks, UNKNOWN_EXECUTION, type CheckWorldDeps } from './stage-tasks.ts';
import { workflowDefinition } from './workflow-definition.ts';

export interface PlayCheckRequest {
  readonly input: CheckInput;
  readonly world: CheckWorldDeps;
  /** Aborted to stop the check: nothing has to be put back. */
  readonly signal: AbortSignal;
  /** @default the real time */
  readonly clock?: Clock;
}

/** How a check of one function ended. */
export type PlayedCheck =
  | { readonly kind: 'done'; readonly result: CheckedFunction }
  | { readonly kind: 'failed'; readonly error: string; readonly cause: string }
  /** With what was measured by then; `null` where that was nothing. */
  | { readonly kind: 'interrupted'; readonly result: CheckedFunction | null };

/** Plays the check's workflow here. It invokes and reads, and it never changes the functions. */
export async function playCheck(request: PlayCheckRequest): Promise<PlayedCheck> {
  const { clock = realClock } = request;
  const name = newExecutionName(CHECK);
  const { tasks, settled, seen } = stageTasks(checkStages, request.world, clock);
  const outcome = await playWorkflow({
    definition: workflowDefinition(CHECK),
    input: request.input,
    tasks,
    signal: request.signal,
    execution: { name, id: playedArn(name) },
    clock,
  });
  switch (outcome.status) {
    case 'SUCCEEDED':
      return { kind: 'done', result: readCheckOutput(outcome.output as unknown as CheckOutput) };
    case 'ABORTED':
      await settled();
      return {
        kind: 'interrupted',
        result: await interruptedCheck(seen, {
          readExecutionStatus: UNKNOWN_EXECUTION,
          ...request.world,
          now: () => clock.now(),
          sleep: (ms) => clock.sleep(ms, new AbortController().signal),
        }),
      };
    case 'FAILED':
    case 'TIMED_OUT':
      return {
        kind: 'failed',
        error: outcome.error ?? 'UnknownError',
        cause: outcome.cause ?? '',
      };
  }
}
