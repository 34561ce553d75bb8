import { putBack, type PutBackDeps } from './put-back.ts';
import { lastSizesMb, putFieldsBack, setForMeasuring } from './put-fields-back.ts';
import { theirsWarnings } from './theirs-warnings.ts';
import type { Stage } from './stage.ts';

/** Puts $LATEST back before anything is measured: production sees another size for seconds only. */
export const restore: Stage<'Restore', PutBackDeps> = async ({ run, target, publishing }, deps) => {
  const back = await putBack(deps, target.functionName, run.id);
  const mayBeSet = setForMeasuring(target, publishing, lastSizesMb(publishing));
  const found = back.changed ? back.found : await putFieldsBack(deps, target, back.found, mayBeSet);
  return {
    publishing: { ...publishing, restoredSerial: publishing.serial, revisionId: found.revisionId },
    warnings: theirsWarnings(back.theirs),
  };
};
