import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { Target } from '../../../contract/tune/target.ts';
import type { Journal } from '../../../core/journal/journal.ts';
import { writeReleaseMark } from '../../../core/journal/release-mark.ts';
import { attempt } from '../../target/attempt.ts';
import { toChangedRefusal, type ApplyDeps, type ApplyState } from './step.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

/**
 * Publishes $LATEST, once the journal stands on it, as the version that the alias is to point at. It
 * carries the run's mark: until the alias points at it, whoever finds the journal may delete it.
 *
 * @param journalled brings $LATEST there, and sees before each try that it still is
 */
export async function publishRelease(
  state: ApplyState,
  journal: Journal,
  deps: ApplyDeps,
  journalled: () => Promise<FunctionConfiguration>,
): Promise<string> {
  const { functionName, codeSha256, highestVersion } = state.target;
  const { run, serial, set } = journal;
  const { memoryMb, timeoutSeconds } = set;
  const description = writeReleaseMark(
    { run, serial, memoryMb, timeoutSeconds, above: highestVersion },
    journal.description,
  );
  return await attempt(
    deps,
    async () => {
      const { revisionId } = await journalled();
      const request = { functionName, revisionId, codeSha256, description };
      const published = await publish(state, request, deps);
      // Nothing had changed since somebody else published it: AWS hands out their version.
      if (published.description !== description) throw toChangedRefusal(state, ['last version']);
      return published.version;
    },
    async () => {
      // It may have been published all the same: the mark tells.
      const versions = await deps.listVersions(functionName);
      return versions.find((each) => each.description === description)?.version ?? null;
    },
  );
}

/** @throws {PowerdialError} TargetChanged where the code is another by now */
async function publish(
  state: ApplyState,
  request: Parameters<ApplyDeps['publishVersion']>[0],
  deps: ApplyDeps,
): Promise<FunctionConfiguration> {
  try {
    return await deps.publishVersion(request);
  } catch (error) {
    if (isAwsError(error, 'refused') && error.about === 'code-sha256') {
      throw toChangedRefusal(state, ['code']);
    }
    throw error;
  }
}

/** A plain version is active in a moment, one with SnapStart takes minutes. */
const POLLS_MS = [100, 500, 1000, 1000] as const;

/**
 * Tells whether the version may be invoked; `false` when it takes longer than a call should wait.
 *
 * @throws {PowerdialError} AwsCallFailed when it never will
 */
export async function isActive(
  { functionName }: Target,
  version: string,
  deps: Pick<ApplyDeps, 'readConfiguration' | 'sleep'>,
): Promise<boolean> {
  for (const waitMs of [0, ...POLLS_MS]) {
    if (waitMs > 0) await deps.sleep(waitMs);
    const found = await deps.readConfiguration({ functionName, qualifier: version });
    if (found.state === 'Failed') {
      throw toRefusal({
        code: 'release-failed',
        function: functionName,
        version,
        answer: found.stateReason,
      });
    }
    if (found.state !== 'Pending') return true;
  }
  return false;
}
