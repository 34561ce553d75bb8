import { changeLatest } from './apply/change-latest.ts';
import { release } from './apply/release.ts';
import { changed, unlike, wanted, type ApplyDeps } from './apply/step.ts';
import type { Stage } from './stage.ts';

/**
 * Gives the target the recommended setting: $LATEST in one atomic update, and where the input names an
 * alias, a version of that which the alias then points at. Between the two a journal stands on $LATEST,
 * so that an Apply that stops half-way is put back like any other change.
 */
export const apply: Stage<'Apply', ApplyDeps> = async (state, deps) => {
  const { target } = state;
  if (target.alias !== null) {
    return release(state, target.alias, deps);
  }
  const set = wanted(state);
  await changeLatest(state, deps, {
    set,
    isThere: (found) => unlike(found, { ...target, ...set }).length === 0,
    refuse(found) {
      const different = unlike(found, target);
      if (different.length > 0) throw changed(state, different);
    },
  });
  return { applied: { ...set, alias: null, version: null }, applying: null, warnings: [] };
};
