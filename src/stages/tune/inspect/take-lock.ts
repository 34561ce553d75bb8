import type { WarningFacts } from '../../../contract/shared/warnings/warning.ts';
import type { Run } from '../../../contract/tune/state.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import { readJournal } from '../../../core/journal/journal.ts';
import { readVersionMark } from '../../../core/journal/version-mark.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { deleteVersionsOfRun, type DeleteVersionsDeps } from '../../target/delete-versions.ts';
import { putBack, type PutBackDeps } from '../../target/put-back.ts';
import {
  refuseLivingRun,
  refuseLivingRuns,
  type LivingRunDeps,
} from '../../target/refuse-living-run.ts';

export interface Locked {
  /** $LATEST with nothing of an earlier run left on it. */
  readonly found: FunctionConfiguration;
  /** The highest version number that exists; 0 where there is none. */
  readonly highestVersion: number;
  readonly warnings: readonly WarningFacts[];
}

/**
 * Sees that no other run is at work on the target, and heals what a dead run left. The lock itself is
 * the journal that the first update writes with the revision read here: of two runs that come this far
 * together, only one can make it.
 *
 * @throws {PowerdialError} TargetLocked while another run lives
 */
export async function takeLock(
  deps: PutBackDeps & DeleteVersionsDeps & LivingRunDeps,
  target: FunctionConfiguration,
  run: Run,
): Promise<Locked> {
  const { functionName } = target;
  const warnings: WarningFacts[] = [];
  let found = target;
  const journal = readJournal(found.description);
  if (journal !== null) {
    await refuseLivingRun(functionName, journal, run, deps);
    const back = await putBack(deps, functionName, journal.run);
    refusePending(functionName, journal.run, back.pending);
    found = back.found;
    warnings.push({
      code: 'earlier-run-put-back',
      run: journal.run,
      changedSince: back.theirs,
    });
  }
  const versions = await deps.listVersions(functionName);
  const marks = versions
    .map((each) => readVersionMark(each.description))
    .filter((each) => each !== null);
  await refuseLivingRuns(functionName, versions, run, deps);
  for (const dead of new Set(marks.map((mark) => mark.run))) {
    const { deleted, inUse, pending } = await deleteVersionsOfRun(deps, functionName, dead);
    refusePending(functionName, dead, pending);
    warnings.push({ code: 'earlier-run-swept', run: dead, deleted: deleted.length, inUse });
  }
  // Numbers are never reused, so versions deleted just now do not matter here.
  const highestVersion = Math.max(0, ...versions.map((each) => Number(each.version)));
  return { found, highestVersion, warnings };
}

/**
 * AWS does not delete a version that is pending, and makes one SnapStart snapshot at a time: there is nothing
 * to do but to come again.
 *
 * @throws {PowerdialError} TargetBusy
 */
function refusePending(functionName: string, run: string, versions: readonly string[]): void {
  if (versions.length === 0) return;
  throw toRefusal({
    code: 'dead-run-pending',
    function: functionName,
    run,
    versions: versions.join(','),
  });
}
