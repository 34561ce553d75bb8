import type { DeleteVersionsDeps } from '../../stages/target/delete-versions.ts';
import type { PutBackDeps } from '../../stages/target/put-back.ts';
import { waitSeconds } from '../../stages/target/wait-seconds.ts';
import { putRunBack, type RestoredRun } from './put-run-back.ts';

/** Longer than a version with SnapStart may be pending. */
const LONGEST_SECONDS = 45 * 60;

/**
 * Puts back what one run left, and waits for the versions that AWS does not delete yet: as long as a version is
 * pending, with SnapStart for minutes, that is refused.
 *
 * @param onWait told before each wait
 */
export async function putBackPatiently(
  deps: PutBackDeps & DeleteVersionsDeps,
  functionName: string,
  run: string,
  onWait: (versions: readonly string[], seconds: number) => void,
): Promise<RestoredRun> {
  let restored = await putRunBack(deps, functionName, run);
  let waitedSeconds = 0;
  for (let waits = 0; restored.pendingVersions.length > 0; waits++) {
    if (waitedSeconds >= LONGEST_SECONDS) return restored;
    const seconds = waitSeconds(waits);
    onWait(restored.pendingVersions, seconds);
    await deps.sleep(seconds * 1000);
    waitedSeconds += seconds;
    restored = joinRuns(restored, await putRunBack(deps, functionName, run));
  }
  return restored;
}

function joinRuns(before: RestoredRun, now: RestoredRun): RestoredRun {
  return {
    ...now,
    changes: [...before.changes, ...now.changes],
    deletedVersions: [...before.deletedVersions, ...now.deletedVersions],
    leftSettings: [...new Set([...before.leftSettings, ...now.leftSettings])],
  };
}
