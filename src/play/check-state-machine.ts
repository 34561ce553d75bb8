import {
  CHECK_STAGES,
  type CheckStageName,
  type CheckStageOutput,
  type MeasuredSide,
} from '../contract/check/check-stages.ts';
import { CHECK_TAG, checkStageId, WORKFLOW_NAME_PREFIX } from '../contract/shared/tuner.ts';
import { checkDefinition } from './check-definition.ts';
import { embeddedWorld } from './embedded-world.ts';
import { checkTasks } from './play-check.ts';
import { filledIn, type TaskFunction, type WorkflowOffer } from '../emulator/index.ts';
import type { TuneStateMachineOptions } from './tune-state-machine.ts';

/** The check's workflow as a state machine of the embedded endpoint: the real definition and stages. */
export function checkStateMachine(options: TuneStateMachineOptions): WorkflowOffer {
  const { name = `${WORKFLOW_NAME_PREFIX}-check`, tags = { [CHECK_TAG]: 'embedded' } } = options;
  const { lambdaUrl, region, cpuOf } = options;
  const values = placed(name, options);
  return {
    name,
    tags,
    definition: filledIn(checkDefinition(), values),
    open({ signal, statusOf }) {
      const { close, ...world } = embeddedWorld({ url: lambdaUrl, region }, signal);
      const tasks = checkTasks({
        ...world,
        onCheckProgress: () => undefined,
        readExecutionStatus: (executionArn) => Promise.resolve(statusOf(executionArn)),
      });
      return {
        tasks: Object.fromEntries(
          Object.entries(tasks).map(([placeholder, task]) => [
            values.get(placeholder) ?? placeholder,
            placeholder === CHECK_STAGES.Inspect.resource ? markingEmulation(task, cpuOf) : task,
          ]),
        ),
        afterwards() {
          close();
          return Promise.resolve();
        },
      };
    },
  };
}

/** What is measured here is never compared with what was measured on AWS. */
function markingEmulation(
  inspect: TaskFunction,
  cpuOf: TuneStateMachineOptions['cpuOf'],
): TaskFunction {
  return async (input, context) => {
    const output = (await inspect(input, context)) as unknown as CheckStageOutput<'Inspect'>;
    const marked = (side: MeasuredSide): MeasuredSide => {
      const key = { ...side.facts.key, emulation: cpuOf(side.functionName) };
      return { ...side, facts: { ...side.facts, key } };
    };
    const { base, head } = output.sides;
    const sides = { base: base === null ? null : marked(base), head: marked(head) };
    return { ...output, sides };
  };
}

/** By the definition's placeholders, what a deployment puts there. */
function placed(
  machine: string,
  { region, accountId = '123456789012' }: TuneStateMachineOptions,
): ReadonlyMap<string, string> {
  const names = Object.keys(CHECK_STAGES) as CheckStageName[];
  return new Map(
    names.map((stage) => [
      CHECK_STAGES[stage].resource,
      `arn:aws:lambda:${region}:${accountId}:function:${machine}-${checkStageId(stage)}`,
    ]),
  );
}
