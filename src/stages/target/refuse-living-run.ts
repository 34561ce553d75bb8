import type { Deps } from '../../contract/shared/deps.ts';
import type { Run } from '../../contract/tune/state.ts';
import { readVersionMark, type PublishedVersion } from '../../core/journal/version-mark.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';
import { isEmbedded } from './lease.ts';

export type LivingRunDeps = Pick<Deps, 'readExecutionStatus' | 'now'>;

/** What journals and marks say about whose they are. */
interface Claim {
  readonly run: string;
  /** ISO 8601. */
  readonly until: string;
}

/**
 * Gives way to another run that is at work on the target. An execution can be asked whether it still
 * runs; an embedded run, or an execution of another state machine, lives as long as it said.
 *
 * @throws {PowerdialError} TargetLocked while that run lives
 */
export async function refuseLivingRun(
  functionName: string,
  claim: Claim,
  run: Run,
  deps: LivingRunDeps,
): Promise<void> {
  if (claim.run === run.id || Date.parse(claim.until) <= deps.now()) {
    return;
  }
  const status = isEmbedded(run)
    ? null
    : await deps.readExecutionStatus(siblingArn(run, claim.run));
  if (status !== null && status !== 'RUNNING') {
    return;
  }
  throw toRefusal({
    code: 'another-run-lives',
    function: functionName,
    run: claim.run,
    until: claim.until,
  });
}

/**
 * Gives way to runs that are known by the versions that they published: while they measure, nothing else shows
 * them.
 */
export async function refuseLivingRuns(
  functionName: string,
  versions: readonly PublishedVersion[],
  run: Run,
  deps: LivingRunDeps,
): Promise<void> {
  const claims = new Map<string, Claim>();
  for (const { description } of versions) {
    const mark = readVersionMark(description);
    // A run says anew until when it lives with every version: the last word counts.
    if (mark !== null && mark.until > (claims.get(mark.run)?.until ?? ''))
      claims.set(mark.run, mark);
  }
  for (const claim of claims.values()) {
    await refuseLivingRun(functionName, claim, run, deps);
  }
}

/** Returns the ARN of another execution of the same state machine. */
function siblingArn(run: Run, name: string): string {
  return run.executionArn.replace(/[^:]*$/, name);
}
