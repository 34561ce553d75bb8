import type { Publishing } from '../contract/state.ts';
import { activateVariant, publishVariant } from './set-memory/publish-variant.ts';
import { setLatest } from './set-memory/set-latest.ts';
import type { SetMemoryDeps, SetMemoryState } from './set-memory/step.ts';
import type { Stage } from './stage.ts';

/**
 * Brings one memory size from a wish to an active version: set on $LATEST together with the journal,
 * published under the run's mark, active. Called again after each wait, and goes on where it was.
 */
export const setMemory: Stage<'SetMemory', SetMemoryDeps> = async (state, deps) => {
  const called = { ...state.publishing, calls: state.publishing.calls + 1, waitSeconds: 0 };
  const next = await advance({ ...state, publishing: called }, deps);
  return next.waitSeconds > 0 ? { ...next, waits: next.waits + 1 } : next;
};

async function advance(state: SetMemoryState, deps: SetMemoryDeps): Promise<Publishing> {
  const { publishing } = state;
  const memoryMb = publishing.pending[0];
  if (memoryMb === undefined) {
    return publishing;
  }
  switch (publishing.phase) {
    case 'set':
      return setLatest(state, memoryMb, deps);
    case 'publish':
      return publishVariant(state, memoryMb, deps);
    case 'activate':
      return activateVariant(state, memoryMb, deps);
  }
}
