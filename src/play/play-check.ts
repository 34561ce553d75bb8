import type { CheckInput } from '../contract/check/check-stages.ts';
import type { CheckedFunction } from '../contract/check/check.ts';
import { CHECK } from '../contract/check/workflow.ts';
import { type Clock, playWorkflow, realClock } from '../emulator/index.ts';
import { readCheckOutput, type CheckOutput } from '../stages/check/check-codec.ts';
import { checkStages } from '../stages/check/check-stages.ts';
import { newExecutionName, playedArn } from './execution-name.ts';
import { stageTasks, type CheckWorldDeps } from './stage-tasks.ts';
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
  | { readonly kind: 'interrupted' };

/** Plays the check's workflow here. It invokes and reads; the functions are never changed. */
export async function playCheck(request: PlayCheckRequest): Promise<PlayedCheck> {
  const { clock = realClock } = request;
  const name = newExecutionName(CHECK);
  const outcome = await playWorkflow({
    definition: workflowDefinition(CHECK),
    input: request.input,
    tasks: stageTasks(checkStages, request.world, clock).tasks,
    signal: request.signal,
    execution: { name, id: playedArn(name) },
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
