import type { Json } from '../contract/shared/json.ts';
import { STAGES, STORE_RESULT, type StageInput, type StageName } from '../contract/tune/stages.ts';
import { WORKFLOW_NAME_PREFIX, TUNER_TAG } from '../contract/shared/tuner.ts';
import { cleanUpAfter } from './clean-up-after.ts';
import { embeddedWorld } from './embedded-world.ts';
import {
  type ExecutionWork,
  filledIn,
  type OpenedExecution,
  type TaskFunction,
  type WorkflowOffer,
} from '../emulator/index.ts';
import { stageTasks } from './stage-tasks.ts';
import { tuneDefinition } from './tune-definition.ts';

export interface TuneStateMachineOptions {
  /** Of the embedded Lambda endpoint that has the functions to tune. */
  readonly lambdaUrl: string;
  readonly region: string;
  /** How a function's CPU share is made, for the results; `null` for one that is not known. */
  readonly cpuOf: (functionName: string) => string | null;
  /** @default 'powerdial' */
  readonly name?: string;
  /** @default the tag by which the command finds a deployed workflow */
  readonly tags?: Readonly<Record<string, string>>;
  /** Twelve digits. @default '123456789012' */
  readonly accountId?: string;
}

/**
 * The tuning workflow as a state machine of the embedded endpoint: the real definition, the real stages,
 * and the rule that cleans up after executions which were stopped, timed out or failed.
 */
export function tuneStateMachine(options: TuneStateMachineOptions): WorkflowOffer {
  const { name = WORKFLOW_NAME_PREFIX, tags = { [TUNER_TAG]: 'embedded' } } = options;
  const values = placed(name, options);
  return {
    name,
    tags,
    definition: filledIn(tuneDefinition(), values),
    open: (execution) => open(execution, values, options),
  };
}

function open(
  execution: OpenedExecution,
  values: ReadonlyMap<string, string>,
  { lambdaUrl, region, cpuOf }: TuneStateMachineOptions,
): ExecutionWork {
  const { arn, name, input, signal, statusOf } = execution;
  const { close, ...deps } = embeddedWorld({ url: lambdaUrl, region }, signal);
  const world = {
    ...deps,
    onProgress: () => undefined,
    readExecutionStatus: (executionArn: string) => Promise.resolve(statusOf(executionArn)),
  };
  const { tasks, settled } = stageTasks(world);
  const run = { id: name, executionArn: arn, startedAt: new Date().toISOString() };
  return {
    tasks: Object.fromEntries(
      Object.entries(tasks).map(([placeholder, task]) => [
        values.get(placeholder) ?? placeholder,
        placeholder === STAGES.Recommend.resource ? markingEmulation(task, cpuOf) : task,
      ]),
    ),
    afterwards: async (status) => {
      try {
        await settled();
        if (status !== 'SUCCEEDED') await cleanUpAfter(run, input, world);
      } finally {
        close();
      }
    },
  };
}

/** A result of this machine says so, also when it comes by way of an execution. */
function markingEmulation(
  recommend: TaskFunction,
  cpuOf: TuneStateMachineOptions['cpuOf'],
): TaskFunction {
  return async (input, context) => {
    const result = (await recommend(input, context)) as { readonly [key: string]: Json };
    const { target } = input as unknown as StageInput<'Recommend'>;
    const cpu = cpuOf(target.functionName);
    return { ...result, emulated: true, ...(cpu === null ? {} : { emulation: { cpu } }) };
  };
}

/** By the definition's placeholders, what a deployment puts there. */
function placed(
  machine: string,
  { region, accountId = '123456789012' }: TuneStateMachineOptions,
): ReadonlyMap<string, string> {
  const names = Object.keys(STAGES) as StageName[];
  return new Map([
    ...names.map(
      (stage) =>
        [
          STAGES[stage].resource,
          `arn:aws:lambda:${region}:${accountId}:function:${machine}-${stage}`,
        ] as const,
    ),
    [STORE_RESULT.resource, 'arn:aws:states:::aws-sdk:s3:putObject'],
    [STORE_RESULT.bucket, `${machine}-results`],
  ]);
}
