import type { CheckDeps } from '../contract/check/check-deps.ts';
import type { Deps } from '../contract/shared/deps.ts';
import type { Json } from '../contract/shared/json.ts';
import { stageNames, type Workflow } from '../contract/shared/workflow.ts';
import { STORE_RESULT } from '../contract/tune/stages.ts';
import type { Run } from '../contract/tune/state.ts';
import {
  type ExecutionWork,
  filledIn,
  type OpenedExecution,
  type TaskFunction,
  type WorkflowOffer,
} from '../emulator/index.ts';
import type { StagedWorkflow } from '../stages/target/staged-workflow.ts';
import { embeddedWorld } from './embedded-world.ts';
import { stageTasks, type PlayedWorld } from './stage-tasks.ts';
import { workflowDefinition } from './workflow-definition.ts';

export interface StateMachineOptions {
  /** URL of the embedded Lambda endpoint that has the functions. */
  readonly lambdaUrl: string;
  readonly region: string;
  /** Says for the results how a function's CPU share is made; `null` for a function that is not known. */
  readonly cpuOf: (functionName: string) => string | null;
  /** @default 'powerdial', or 'powerdial-check' */
  readonly name?: string;
  /** @default the tag by which the command finds a deployed workflow */
  readonly tags?: Readonly<Record<string, string>>;
  /** Twelve digits. @default '123456789012' */
  readonly accountId?: string;
}

/** A workflow as the embedded Step Functions endpoint offers it. `D` is what its stages need. */
export interface OfferedWorkflow<Name extends string, D extends Deps | CheckDeps> {
  readonly staged: StagedWorkflow<Name, D>;
  /** The stage whose output says that it was made on this machine, and with which CPU share. */
  readonly marked: {
    readonly stage: Name;
    readonly mark: (output: Json, input: Json, cpuOf: StateMachineOptions['cpuOf']) => Json;
  };
  /** Does what the rule does in the cloud after an execution that did not end well. */
  readonly afterFailure?: (run: Run, input: Json, world: PlayedWorld<D>) => Promise<unknown>;
}

/**
 * Offers a workflow as a state machine of the embedded endpoint, with the real definition and the real
 * stages.
 */
export function stateMachine<Name extends string, D extends Deps | CheckDeps>(
  offered: OfferedWorkflow<Name, D>,
  options: StateMachineOptions,
): WorkflowOffer {
  const { workflow } = offered.staged;
  const { name = workflow.machineName, tags = { [workflow.tag]: 'embedded' } } = options;
  const values = deployedNames(workflow, name, options);
  return {
    name,
    tags,
    definition: filledIn(workflowDefinition(workflow), values),
    open: (execution) => open(offered, execution, values, options),
  };
}

function open<Name extends string, D extends Deps | CheckDeps>(
  { staged, marked, afterFailure }: OfferedWorkflow<Name, D>,
  execution: OpenedExecution,
  values: ReadonlyMap<string, string>,
  { lambdaUrl, region, cpuOf }: StateMachineOptions,
): ExecutionWork {
  const { arn, name, input, signal, statusOf } = execution;
  const { close, ...deps } = embeddedWorld({ url: lambdaUrl, region }, signal);
  const world = {
    ...deps,
    onProgress: () => undefined,
    onCheckProgress: () => undefined,
    readExecutionStatus: (executionArn: string) => Promise.resolve(statusOf(executionArn)),
  } as unknown as PlayedWorld<D>;
  const { tasks, settled } = stageTasks(staged, world);
  const run = { id: name, executionArn: arn, startedAt: new Date().toISOString() };
  const markedResource = staged.workflow.stages[marked.stage].resource;
  const marking =
    (task: TaskFunction): TaskFunction =>
    async (given, context) =>
      marked.mark(await task(given, context), given, cpuOf);
  return {
    tasks: Object.fromEntries(
      Object.entries(tasks).map(([placeholder, task]) => [
        values.get(placeholder) ?? placeholder,
        placeholder === markedResource ? marking(task) : task,
      ]),
    ),
    afterwards: async (status) => {
      try {
        await settled();
        if (status !== 'SUCCEEDED') await afterFailure?.(run, input, world);
      } finally {
        close();
      }
    },
  };
}

/** Returns what a deployment puts in the place of the definition's placeholders. */
function deployedNames(
  workflow: Workflow,
  machine: string,
  { region, accountId = '123456789012' }: StateMachineOptions,
): ReadonlyMap<string, string> {
  return new Map([
    ...stageNames(workflow).map(
      (stage) =>
        [
          workflow.stages[stage]?.resource ?? '',
          `arn:aws:lambda:${region}:${accountId}:function:${machine}-${workflow.stageId(stage)}`,
        ] as const,
    ),
    [STORE_RESULT.resource, 'arn:aws:states:::aws-sdk:s3:putObject'],
    [STORE_RESULT.bucket, `${machine}-results`],
  ]);
}
