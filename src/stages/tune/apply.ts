import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { changeLatest } from './apply/change-latest.ts';
import { release } from './apply/release.ts';
import {
  toChangedRefusal,
  listDifferences,
  readWantedSetting,
  type ApplyDeps,
} from './apply/step.ts';
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
  const set = readWantedSetting(state);
  const found = await changeLatest(state, deps, {
    set,
    isThere: (now, accepted) =>
      listDifferences(now, { ...target, ...set }).length === 0 ||
      (accepted && now.memoryMb === set.memoryMb),
    refuse(now) {
      const different = listDifferences(now, target);
      if (different.length > 0) throw toChangedRefusal(state, different);
    },
  });
  const { memoryMb, timeoutSeconds } = found;
  return {
    applied: { memoryMb, timeoutSeconds, alias: null, version: null },
    applying: null,
    warnings: changedSinceWarnings(listDifferences(found, { ...target, ...set })),
  };
};

function changedSinceWarnings(fields: readonly string[]): Warning[] {
  if (fields.length === 0) return [];
  return [toWarning({ code: 'changed-since-applied', fields })];
}
