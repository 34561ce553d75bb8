import { isAwsError } from '../../../contract/shared/aws-error.ts';
import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { Target } from '../../../contract/tune/state.ts';
import type { Journal } from '../../../core/journal/journal.ts';
import { writeReleaseMark } from '../../../core/journal/release-mark.ts';
import { changed, MAX_TRIES, MAY_PASS, PAUSE_MS, type ApplyDeps, type ApplyState } from './step.ts';

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
  for (let tries = 0; ; tries++) {
    const { revisionId } = await journalled();
    try {
      const request = { functionName, revisionId, codeSha256, description };
      const published = await deps.publishVersion(request);
      // Nothing had changed since somebody else published it: AWS hands out their version.
      if (published.description !== description) throw changed(state, ['last version']);
      return published.version;
    } catch (error) {
      if (isAwsError(error, 'refused') && /CodeSha256/i.test(error.message)) {
        throw changed(state, ['code']);
      }
      if (!isAwsError(error) || !MAY_PASS.has(error.kind)) throw error;
      // It may have been published all the same: the mark tells.
      const versions = await deps.listVersions(functionName);
      const own = versions.find((each) => each.description === description);
      if (own !== undefined) return own.version;
      if (tries >= MAX_TRIES) throw error;
      await deps.sleep(PAUSE_MS);
    }
  }
}

/** A plain version is active in a moment, one with SnapStart takes minutes. */
const POLLS_MS = [100, 500, 1000, 1000] as const;

/**
 * Whether the version may be invoked; `false` when it takes longer than a call should wait.
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
      throw new PowerdialError(
        'AwsCallFailed',
        `Publish ${functionName} as recommended: version ${version} failed to become active (${found.stateReason ?? 'AWS gives no reason'}). Nothing was applied.`,
        { facts: { function: functionName, version } },
      );
    }
    if (found.state !== 'Pending') return true;
  }
  return false;
}
