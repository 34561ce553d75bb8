import type { Json } from '../contract/shared/json.ts';
import type { Observation } from '../contract/shared/observation.ts';
import type { Result } from '../contract/tune/result.ts';
import type { StageOutput } from '../contract/tune/stages.ts';
import { TUNE } from '../contract/tune/workflow.ts';
import { cleanUpAfter } from './clean-up-after.ts';
import { interruptedResult } from './interrupted-result.ts';
import {
  realClock,
  playWorkflow,
  type Clock,
  type WorkflowOutcome,
  type WorkflowEvent,
} from '../emulator/index.ts';
import { tuneStages } from '../stages/tune/tune-stages.ts';
import type { Surface } from '../words/trial-advice.ts';
import { newExecutionName, playedArn } from './execution-name.ts';
import { stageTasks, UNKNOWN_EXECUTION, type WorldDeps } from './stage-tasks.ts';
import { stopQueryUnderWay } from './stop-query.ts';
import { workflowDefinition } from './workflow-definition.ts';

export interface PlayRequest {
  /** A run's input, as `start-execution` takes it. */
  readonly input: Json;
  readonly world: WorldDeps;
  /** Aborted to stop the run: it is then cleaned up after, as the rule on aborted executions does. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: WorkflowEvent) => void;
  /** Where the user said what is wanted. @default the input */
  readonly surface?: Surface;
  /** @default a new name each time */
  readonly name?: string;
  /** What the workflow and its stages take for the time. @default the real time */
  readonly clock?: Clock;
}

/** How a run on this machine ended. */
export type PlayedRun =
  | { readonly kind: 'done'; readonly output: Json; readonly run: string }
  | {
      readonly kind: 'failed';
      readonly error: string;
      readonly cause: string;
      readonly run: string;
      /** What was recommended before it failed, so that paid measurements are not lost. */
      readonly result: Result | null;
    }
  | {
      readonly kind: 'interrupted';
      readonly run: string;
      readonly cleanUp: StageOutput<'CleanUp'>;
      /** What it had measured by then; `null` where that was nothing. */
      readonly result: Result | null;
    };

/**
 * Plays the tuning workflow here. However it ends, the target has been put back when this resolves.
 *
 * @throws {PowerdialError} NotPutBack when that could not be confirmed
 */
export async function playTune(request: PlayRequest): Promise<PlayedRun> {
  const run = request.name ?? newExecutionName(TUNE);
  const measured: Observation[] = [];
  const { onProgress } = request.world;
  const world: WorldDeps = {
    ...request.world,
    onProgress(progress) {
      measured.push(progress.observation);
      onProgress(progress);
    },
  };
  const { tasks, settled, seen } = stageTasks(tuneStages, world, request.clock, request.surface);
  let result: Result | null = null;
  const outcome = await playWorkflow({
    definition: workflowDefinition(TUNE),
    input: request.input,
    tasks,
    signal: request.signal,
    execution: { name: run, id: playedArn(run) },
    ...(request.clock === undefined ? {} : { clock: request.clock }),
    onEvent(event) {
      if (event.kind === 'task-started' && event.stateName === 'Measure') measured.length = 0;
      if (event.kind === 'task-succeeded' && event.stateName === 'Recommend') {
        result = event.output as unknown as Result;
      }
      request.onEvent(event);
    },
  });
  switch (outcome.status) {
    case 'SUCCEEDED':
      return { kind: 'done', output: outcome.output, run };
    case 'FAILED':
      return { kind: 'failed', ...failureOf(outcome), run, result };
    case 'TIMED_OUT':
    case 'ABORTED': {
      // As in the cloud, the workflow's catchers do not run after an abort or a timeout: what follows is the
      // rule's work.
      await settled();
      await stopQueryUnderWay(seen, request.world);
      const startedAt = new Date(outcome.startedAtMs).toISOString();
      const identity = { id: run, executionArn: playedArn(run), startedAt };
      const cleanUp = await cleanUpAfter(identity, request.input, request.world, request.clock);
      if (outcome.status === 'TIMED_OUT') {
        return { kind: 'failed', ...failureOf(outcome), run, result };
      }
      const { clock = realClock } = request;
      result ??= await interruptedResult(seen, measured, {
        readExecutionStatus: UNKNOWN_EXECUTION,
        ...world,
        now: () => clock.now(),
        sleep: (ms) => clock.sleep(ms, new AbortController().signal),
      });
      return { kind: 'interrupted', run, cleanUp, result };
    }
  }
}

function failureOf(outcome: Extract<WorkflowOutcome, { status: 'FAILED' | 'TIMED_OUT' }>): {
  readonly error: string;
  readonly cause: string;
} {
  const cause = 'cause' in outcome ? (outcome.cause ?? '') : '';
  return { error: outcome.error ?? 'UnknownError', cause };
}
