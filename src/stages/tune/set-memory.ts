import type { Publishing } from '../../contract/tune/publishing.ts';
import { publishVariant } from './set-memory/publish-variant.ts';
import { setLatest } from './set-memory/set-latest.ts';
import type { SetMemoryDeps, SetMemoryState } from './set-memory/step.ts';
import type { Stage } from './stage.ts';

/**
 * Brings one memory size from a wish to a version: set on $LATEST together with the journal, published under
 * the run's mark. Whether the version is active is seen later, for all together, when $LATEST is put back
 * (see Restore). Called again after each wait, and goes on where it was.
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
  }
}
