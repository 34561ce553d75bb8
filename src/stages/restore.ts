import { putBack, type PutBackDeps } from './put-back.ts';
import { theirsWarnings } from './theirs-warnings.ts';
import type { Stage } from './stage.ts';

/** Puts $LATEST back before anything is measured: production sees another size for seconds only. */
export const restore: Stage<'Restore', PutBackDeps> = async ({ run, target, publishing }, deps) => {
  const { found, theirs } = await putBack(deps, target.functionName, run.id);
  return {
    publishing: { ...publishing, restoredSerial: publishing.serial, revisionId: found.revisionId },
    warnings: theirsWarnings(theirs),
  };
};
