import { isAwsError } from '../contract/shared/aws-error.ts';
import { PowerdialError } from '../contract/shared/errors.ts';
import type { Json } from '../contract/shared/json.ts';
import { memberOf } from '../contract/shared/member-of.ts';
import { readFunctionName } from '../contract/shared/read-function-name.ts';
import type { StageOutput } from '../contract/tune/stages.ts';
import { stateAfterEnd } from '../contract/tune/state-after-end.ts';
import type { Run } from '../contract/tune/state.ts';
import { tuneStages } from '../stages/tune/tune-stages.ts';
import { toNotPutBack } from '../words/refusals/not-put-back.ts';
import { interruptibleSleep } from './interruptible.ts';
import { type Clock, realClock } from '../emulator/index.ts';
import { UNKNOWN_EXECUTION, type WorldDeps } from './stage-tasks.ts';

/** A stage that changes things is ended after 60 s, so nothing that it does comes later than that. */
const LONGEST_MS = 60_000;

/**
 * Cleans up as the rule does in the cloud after an execution that was stopped or failed. It knows the run and
 * its input, and nothing more.
 *
 * @throws {PowerdialError} NotPutBack when it could not be confirmed
 */
export async function cleanUpAfter(
  run: Run,
  input: Json,
  world: WorldDeps,
  clock: Clock = realClock,
): Promise<StageOutput<'CleanUp'>> {
  const limit = AbortSignal.timeout(LONGEST_MS);
  const deps = {
    readExecutionStatus: UNKNOWN_EXECUTION,
    ...world,
    ...world.callsUntil?.(limit),
    now: () => clock.now(),
    sleep: interruptibleSleep(limit, clock),
  };
  const name = readFunctionName(input) ?? '';
  let versions: readonly string[];
  try {
    const cleaned = await tuneStages.run('CleanUp', stateAfterEnd(run, name), deps, {
      remainingMs: () => LONGEST_MS,
    });
    const { leaving, ...rest } = cleaned as StageOutput<'CleanUp'>;
    if (leaving === null) return { leaving, ...rest };
    versions = leaving.versions;
  } catch (error) {
    // A function that is not there has nothing to be put back.
    if (isAwsError(memberOf(error, 'cause'), 'not-found')) {
      return { warnings: [], deletedVersions: [], failure: null, leaving: null };
    }
    throw toNotPutBack(error, name, run.id);
  }
  throw new PowerdialError(
    'NotPutBack',
    `Delete version ${versions.join(', ')} of ${name} after the run was stopped: AWS refuses that while it is pending, with SnapStart for up to half an hour; memory, timeout and log level are put back. Run \`powerdial restore ${name}\`, which waits for it; the next run deletes it too.`,
    { facts: { function: name, run: run.id, versions: versions.join(',') } },
  );
}
