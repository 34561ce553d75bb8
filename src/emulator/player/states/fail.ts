import type { Json } from '../../../contract/shared/json.ts';
import type { Visit } from '../context-object.ts';
import type { FailState } from '../definition.ts';
import type { Execution } from '../execution.ts';
import { StatesError } from '../states-error.ts';
import type { Template } from '../template.ts';

const TEXT = {
  what: 'a string',
  accepts: (value: Json): value is string => typeof value === 'string',
};

/** Ends the execution with the state's Error and Cause, either of which may be missing. */
export function runFail(state: FailState, visit: Visit, execution: Execution): never {
  const text = (template: Template | undefined) =>
    template && execution.evaluateField(template, visit, state, TEXT);
  throw new StatesError(text(state.error), text(state.cause));
}
