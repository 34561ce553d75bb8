import type { CheckDeps } from '../contract/check/check-deps.ts';
import type {
  CheckStageName,
  CheckStageOutput,
  MeasuredSide,
} from '../contract/check/check-stages.ts';
import { thisMachine, type WorkflowOffer } from '../emulator/index.ts';
import { checkStages } from '../stages/check/check-stages.ts';
import { stateMachine, type OfferedWorkflow, type StateMachineOptions } from './state-machine.ts';

/** Marks results as made on this machine: they are never compared with results of AWS. */
const OFFERED: OfferedWorkflow<CheckStageName, CheckDeps> = {
  staged: checkStages,
  marked: {
    stage: 'Inspect',
    mark(output, _, cpuOf) {
      const { sides, ...rest } = output as unknown as CheckStageOutput<'Inspect'>;
      const marked = (side: MeasuredSide): MeasuredSide => {
        const cpu = cpuOf(side.functionName);
        const isProcess = cpu !== null && cpu !== 'recorded';
        const machine = isProcess ? thisMachine() : null;
        const key = { ...side.facts.key, emulation: cpu, machine };
        return { ...side, facts: { ...side.facts, key } };
      };
      const base = sides.base === null ? null : marked(sides.base);
      return { ...rest, sides: { base, head: marked(sides.head) } };
    },
  },
};

/** Returns the workflow of a check. It changes nothing, so nothing has to be done after one that failed. */
export function checkStateMachine(options: StateMachineOptions): WorkflowOffer {
  return stateMachine(OFFERED, options);
}
