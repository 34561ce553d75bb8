import type { Publishing } from '../../contract/tune/publishing.ts';
import { putBack, type PutBackDeps } from '../target/put-back.ts';
import { lastSizesMb, putFieldsBack, setForMeasuring } from '../target/put-fields-back.ts';
import { awaitVersions } from './restore/await-versions.ts';
import { warnOfTheirs } from '../target/warn-of-theirs.ts';
import type { Stage } from './stage.ts';

/** Of the Task's 60 s, what putting back may leave for a look at the versions. */
const LOOK_WITHIN_MS = 30_000;

/**
 * Puts $LATEST back before anything is measured, then sees the published versions become active: they get
 * ready side by side, and nobody meets a changed $LATEST meanwhile. Called again after each wait for them.
 */
export const restore: Stage<'Restore', PutBackDeps> = async ({ run, target, publishing }, deps) => {
  const startedMs = deps.now();
  const back = await putBack(deps, target.functionName, run.id);
  const mayBeSet = setForMeasuring(target, publishing, lastSizesMb(publishing));
  const found = back.changed ? back.found : await putFieldsBack(deps, target, back.found, mayBeSet);
  const restored = {
    ...publishing,
    ...addChangedTime(publishing, back.changed, deps.now()),
    restores: publishing.restores + 1,
    restoredSerial: publishing.serial,
    revisionId: found.revisionId,
  };
  return {
    publishing: await awaitVersions(restored, target, deps, startedMs + LOOK_WITHIN_MS),
    warnings: warnOfTheirs(back.theirs),
  };
};

/** Tells how long $LATEST was changed. Where its note was gone already, nobody can tell since when. */
function addChangedTime(
  { changedSinceMs, changedMs }: Publishing,
  putBackNow: boolean,
  nowMs: number,
): Pick<Publishing, 'changedSinceMs' | 'changedMs'> {
  if (changedSinceMs === null) return { changedSinceMs, changedMs };
  const known = putBackNow && changedMs !== null;
  return { changedSinceMs: null, changedMs: known ? changedMs + nowMs - changedSinceMs : null };
}
