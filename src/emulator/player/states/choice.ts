import type { Json } from '../../../contract/shared/json.ts';
import type { Visit } from '../context-object.ts';
import type { ChoiceState, Exit } from '../definition.ts';
import type { Execution, Left } from '../execution.ts';
import { StatesError } from '../states-error.ts';

const BOOLEAN = {
  what: 'true or false',
  accepts: (value: Json): value is boolean => typeof value === 'boolean',
};

/**
 * Takes the first rule whose condition is true; later conditions are not evaluated. A rule's own Assign
 * and Output count then, the state's only on the way to Default (Developer Guide, "Using Assign with
 * Choice states").
 */
export function runChoice(state: ChoiceState, visit: Visit, execution: Execution): Left {
  return execution.leave(visit, state, choose(state, visit, execution), visit.input);
}

function choose(state: ChoiceState, visit: Visit, execution: Execution): Exit {
  const rule = state.choices.find(({ condition }) =>
    execution.evaluateField(condition, visit, state, BOOLEAN),
  );
  const exit = rule ?? state.otherwise;
  if (exit !== undefined) return exit;
  return execution.explain(visit, () => {
    throw StatesError.of(
      'States.NoChoiceMatched',
      'No choice rule matched, and the state has no Default.',
    );
  });
}
