import { isAwsError, type AwsError } from '../../../contract/shared/aws-error.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { Publishing } from '../../../contract/tune/publishing.ts';
import { readJournal } from '../../../core/journal/journal.ts';
import { writeVersionMark } from '../../../core/journal/version-mark.ts';
import { UNSETTLED } from '../../target/attempt.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { refuseFailedUpdate } from '../../target/failed-update.ts';
import { putFieldsBack, setForMeasuring } from '../../target/put-fields-back.ts';
import { settleUpdate } from '../../target/settle-update.ts';
import { toVariant } from '../../target/to-variant.ts';
import {
  finishSize,
  holdUp,
  PATIENCE_MS,
  waitOn,
  type SetMemoryDeps,
  type SetMemoryState,
} from './step.ts';

/** How often a publication is tried again that AWS did not accept, after a look at what is there. */
const MAX_TRIES = 3;
const PAUSE_MS = 500;

/** Publishes $LATEST, as the run has set it, under the run's mark, without waiting for the version to become active. */
export async function publishVariant(
  state: SetMemoryState,
  memoryMb: number,
  deps: SetMemoryDeps,
): Promise<Publishing> {
  const { run, target, publishing } = state;
  const mark = writeVersionMark({
    run: run.id,
    serial: publishing.serial,
    memoryMb,
    above: target.highestVersion,
    until: publishing.until,
  });
  for (let tries = 1; ; tries++) {
    const found = await settleUpdate(deps, target.functionName, PATIENCE_MS);
    if (found === null) {
      return waitOn({ ...publishing, phase: 'publish' });
    }
    refuseFailedUpdate(found, { kind: 'set-memory', memoryMb }, target.functionName);
    await refuseChanged(state, memoryMb, found, deps);
    const published = await publishOnce(state, found.revisionId, mark, deps);
    if (isAwsError(published)) {
      if (isHeldUp(published, publishing, tries)) return holdUp(publishing, published);
      if (tries >= MAX_TRIES || !UNSETTLED.has(published.kind)) throw published;
      await deps.sleep(PAUSE_MS);
      continue;
    }
    const version = published;
    if (version.description !== mark || Number(version.version) <= target.highestVersion) {
      throw toRefusal({
        code: 'version-of-somebody-else',
        function: target.functionName,
        version: version.version,
      });
    }
    const next = { ...publishing, revisionId: found.revisionId };
    return finishSize(next, toVariant(memoryMb, version));
  }
}

/** What is to be published must be what the run has set. */
async function refuseChanged(
  state: SetMemoryState,
  memoryMb: number,
  found: FunctionConfiguration,
  deps: SetMemoryDeps,
): Promise<void> {
  const { run, target, publishing } = state;
  const own = readJournal(found.description)?.run === run.id;
  if (own && found.memoryMb === memoryMb) {
    return;
  }
  // Without the journal nothing but this call knows that the update went through.
  if (!own) {
    await putFieldsBack(deps, target, found, setForMeasuring(target, publishing, [memoryMb]));
  }
  throw toRefusal({ code: 'own-setting-gone', function: target.functionName });
}

/** Returns the version, new or published by an attempt without an answer; the error where there is none. */
async function publishOnce(
  state: SetMemoryState,
  revisionId: string,
  mark: string,
  deps: SetMemoryDeps,
): Promise<FunctionConfiguration | AwsError> {
  const { functionName, codeSha256 } = state.target;
  try {
    return await deps.publishVersion({ functionName, revisionId, codeSha256, description: mark });
  } catch (error) {
    if (isAwsError(error, 'refused') && error.about === 'code-sha256') {
      throw toRefusal({ code: 'code-deployed', function: functionName }, error);
    }
    if (!isAwsError(error)) throw error;
    if (!UNSETTLED.has(error.kind)) return error;
    // It may have been published all the same: the mark tells.
    const versions = await deps.listVersions(functionName);
    return versions.find((each) => each.description === mark) ?? error;
  }
}

/**
 * Tells whether AWS publishes nothing until versions that are pending are there: the account's snapshots are
 * all being made (`ConcurrentSnapshotCreateLimitExceeded`, a 429 in Lambda's API model; a 500 in
 * "Troubleshooting SnapStart errors", Developer Guide, 2026-11), or it refuses for as long as a version of
 * this run is pending.
 */
function isHeldUp(error: AwsError, { variants }: Publishing, tries: number): boolean {
  if (error.kind === 'conflict') {
    return tries >= MAX_TRIES && variants.some(({ outcome }) => outcome === 'pending');
  }
  return error.about === 'snapshot-limit';
}
