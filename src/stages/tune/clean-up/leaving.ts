import type { StageOutput } from '../../../contract/tune/stages.ts';
import type { Warning } from '../../../contract/shared/warnings/warning.ts';
import { undeletedText } from '../../../words/warnings/target-sentences.ts';
import { toWarning } from '../../../words/warnings/warning.ts';
import type { Leaving } from '../../../contract/tune/publishing.ts';
import { waitSeconds } from '../../target/wait-seconds.ts';

type CleanUpFailure = StageOutput<'CleanUp'>['failure'];

/** Longer than a version with SnapStart may be pending; see `lease.ts`. */
const LONGEST_SECONDS = 45 * 60;

/**
 * Tells what is still to be deleted after another wait of the workflow: a version that is pending can be gone
 * in half an hour at worst. `null`: nothing, or it has taken too long.
 */
export function nextLeaving(
  before: Leaving | null,
  versions: readonly string[],
  deletedVersions: readonly string[],
): Leaving | null {
  const waited = before?.waited ?? 0;
  const waitedSeconds = before?.waitedSeconds ?? 0;
  if (versions.length === 0 || waitedSeconds >= LONGEST_SECONDS) return null;
  const next = waitSeconds(waited);
  return {
    versions: [...versions],
    deletedVersions: [...deletedVersions],
    waitSeconds: next,
    waited: waited + 1,
    waitedSeconds: waitedSeconds + next,
  };
}

/** Says that a version was left to an alias that points at it. */
export function leftVersion(functionName: string, version: string): Warning {
  const facts = { version, function: functionName };
  return toWarning({ code: 'version-left', cause: 'alias', ...facts, waitedMinutes: null });
}

/** For a run that has a result: it is not thrown away for a version that is left. */
export function warnOfUndeleted(functionName: string, version: string): Warning {
  const facts = { version, function: functionName, waitedMinutes: LONGEST_SECONDS / 60 };
  return toWarning({ code: 'version-left', cause: 'pending', ...facts });
}

/** Returns the failure of a run, and what it has left. */
export function withUndeleted(
  failure: NonNullable<CleanUpFailure>,
  functionName: string,
  versions: readonly string[],
): CleanUpFailure {
  const left = undeletedText(functionName, versions, LONGEST_SECONDS / 60);
  return versions.length === 0 ? failure : { ...failure, cause: `${failure.cause} ${left}` };
}
