import type { StageInput } from './stages.ts';
import type { Run } from './state.ts';

/**
 * Returns what CleanUp reads after an execution that ended without it: whoever cleans up from outside knows the
 * run and the function, and nothing of what the stages handed on.
 */
export function stateAfterEnd(run: Run, functionName: string): StageInput<'CleanUp'> {
  return {
    run,
    function: functionName,
    target: null,
    publishing: null,
    result: null,
    failure: null,
    leaving: null,
    history: null,
  };
}
