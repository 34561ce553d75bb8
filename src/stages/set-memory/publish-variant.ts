import { isAwsError } from '../../contract/aws-error.ts';
import type { FunctionConfiguration } from '../../contract/function-configuration.ts';
import type { Publishing } from '../../contract/state.ts';
import { readJournal } from '../../core/journal/journal.ts';
import { writeVersionMark } from '../../core/journal/version-mark.ts';
import { putFieldsBack, setForMeasuring } from '../put-fields-back.ts';
import { settleUpdate } from '../settle-update.ts';
import {
  done,
  PATIENCE_MS,
  targetChanged,
  waitOn,
  type SetMemoryDeps,
  type SetMemoryState,
} from './step.ts';

/** Publishes $LATEST, as the run has set it, under the run's mark, and sees the version become active. */
export async function publishVariant(
  state: SetMemoryState,
  memoryMb: number,
  deps: SetMemoryDeps,
): Promise<Publishing> {
  const { run, target, publishing } = state;
  const found = await settleUpdate(deps, target.functionName, PATIENCE_MS);
  if (found === null) {
    return waitOn({ ...publishing, phase: 'publish' });
  }
  const journal = readJournal(found.description);
  if (journal?.run !== run.id || found.memoryMb !== memoryMb) {
    // Without the journal nothing but this call knows that the update went through.
    await putFieldsBack(deps, target, found, setForMeasuring(target, publishing, [memoryMb]));
    throw targetChanged(state, 'its memory or description is no longer what the run set');
  }
  const mark = writeVersionMark({
    run: run.id,
    serial: publishing.serial,
    memoryMb,
    above: target.highestVersion,
    until: publishing.until,
  });
  const version = await publishOnce(state, found.revisionId, mark, deps);
  if (version.description !== mark || Number(version.version) <= target.highestVersion) {
    throw targetChanged(
      state,
      `publishing it gave version ${version.version}, which is not the run's own`,
    );
  }
  const next = { ...publishing, revisionId: found.revisionId, version: version.version };
  return version.state === 'Pending'
    ? activateVariant({ ...state, publishing: next }, memoryMb, deps)
    : accept(next, memoryMb, version);
}

async function publishOnce(
  state: SetMemoryState,
  revisionId: string,
  mark: string,
  deps: SetMemoryDeps,
): Promise<FunctionConfiguration> {
  const { functionName, codeSha256 } = state.target;
  try {
    return await deps.publishVersion({ functionName, revisionId, codeSha256, description: mark });
  } catch (error) {
    if (isAwsError(error, 'unavailable') || isAwsError(error, 'precondition')) {
      // It may have been published all the same: the mark tells.
      const versions = await deps.listVersions(functionName);
      const ours = versions.find((each) => each.description === mark);
      if (ours !== undefined) return ours;
    }
    if (isAwsError(error, 'refused') && /CodeSha256/i.test(error.message)) {
      throw targetChanged(state, 'its code was deployed anew while the run was at work', error);
    }
    throw error;
  }
}

/** Sees the version in hand become active: for a moment here, for longer by the workflow's Wait. */
export async function activateVariant(
  state: SetMemoryState,
  memoryMb: number,
  deps: SetMemoryDeps,
): Promise<Publishing> {
  const { target, publishing } = state;
  const ref = { functionName: target.functionName, qualifier: publishing.version ?? '' };
  for (const waitMs of ACTIVATION_POLLS_MS) {
    const version = await deps.readConfiguration(ref);
    if (version.state !== 'Pending') {
      return accept(publishing, memoryMb, version);
    }
    await deps.sleep(waitMs);
  }
  return waitOn({ ...publishing, phase: 'activate' });
}

/** A plain version is active in a moment, one with SnapStart takes minutes. */
const ACTIVATION_POLLS_MS = [100, 500, 1000, 1000] as const;

function accept(
  publishing: Publishing,
  memoryMb: number,
  version: FunctionConfiguration,
): Publishing {
  const failed = version.state === 'Failed';
  const reason = failed ? (version.stateReason ?? 'its version failed to become active') : null;
  return done(publishing, {
    memoryMb,
    version: failed ? null : version.version,
    outcome: failed ? 'refused' : 'ready',
    reason,
  });
}
