import { PowerdialError } from '../contract/errors.ts';
import type { Run } from '../contract/state.ts';
import { readVersionMark, type PublishedVersion } from '../core/journal/version-mark.ts';

/** What journals and marks say about whose they are. */
interface Claim {
  readonly run: string;
  /** ISO 8601. */
  readonly until: string;
}

/**
 * Gives way to another run that is at work on the target.
 *
 * @throws {PowerdialError} TargetLocked while that run lives
 */
export function refuseLivingRun(functionName: string, claim: Claim, run: Run, nowMs: number): void {
  if (claim.run === run.id || Date.parse(claim.until) <= nowMs) {
    return;
  }
  throw new PowerdialError(
    'TargetLocked',
    `Tune ${functionName}: run ${claim.run} is at work on it and may take until ${claim.until}. Wait for it; if it is dead, run \`powerdial restore ${functionName}\`.`,
    { facts: { function: functionName, run: claim.run, until: claim.until } },
  );
}

/** The same for runs that show by the versions they published: while they measure, nothing else tells. */
export function refuseLivingRuns(
  functionName: string,
  versions: readonly PublishedVersion[],
  run: Run,
  nowMs: number,
): void {
  for (const { description } of versions) {
    const mark = readVersionMark(description);
    if (mark !== null) refuseLivingRun(functionName, mark, run, nowMs);
  }
}
