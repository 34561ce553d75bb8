import type { Deps } from '../contract/shared/deps.ts';
import type { Json } from '../contract/shared/json.ts';
import type { StageInput, StageName } from '../contract/tune/stages.ts';
import type { WorkflowOffer } from '../emulator/index.ts';
import { tuneStages } from '../stages/tune/tune-stages.ts';
import { cleanUpAfter } from './clean-up-after.ts';
import { stateMachine, type OfferedWorkflow, type StateMachineOptions } from './state-machine.ts';

/** Marks results as made on this machine, also when they come from an execution. */
const OFFERED: OfferedWorkflow<StageName, Deps> = {
  staged: tuneStages,
  marked: {
    stage: 'Recommend',
    mark(result, input, cpuOf) {
      const { target } = input as unknown as StageInput<'Recommend'>;
      const cpu = cpuOf(target.functionName);
      const emulation: Record<string, Json> = cpu === null ? {} : { emulation: { cpu } };
      return { ...(result as Record<string, Json>), emulated: true, ...emulation };
    },
  },
  afterFailure: (run, input, world) => cleanUpAfter(run, input, world),
};

/** Returns the tuning workflow, with the rule that cleans up after executions which did not end well. */
export function tuneStateMachine(options: StateMachineOptions): WorkflowOffer {
  return stateMachine(OFFERED, options);
}
