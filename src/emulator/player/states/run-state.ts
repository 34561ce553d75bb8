import type { Visit } from '../context-object.ts';
import type { State } from '../definition.ts';
import type { Execution, Left } from '../execution.ts';
import { runChoice } from './choice.ts';
import { runFail } from './fail.ts';
import { runTask } from './task.ts';
import { runWait } from './wait.ts';

/**
 * Carries out one visit to a state.
 *
 * @throws {StatesError} when the state fails and nothing catches it.
 * @throws {Interruption} when the execution ends from outside.
 */
export async function runState(state: State, visit: Visit, execution: Execution): Promise<Left> {
  switch (state.type) {
    case 'Task':
      return runTask(state, visit, execution);
    case 'Choice':
      return runChoice(state, visit, execution);
    case 'Pass':
      return execution.leave(visit, state, state, visit.input);
    case 'Wait':
      return runWait(state, visit, execution);
    case 'Succeed':
      return execution.leave(
        visit,
        state,
        { assign: [], output: state.output, next: null },
        visit.input,
      );
    case 'Fail':
      return runFail(state, visit, execution);
  }
}
