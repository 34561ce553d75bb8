import { isAwsError } from '../../contract/aws-error.ts';
import type { FunctionConfiguration } from '../../contract/function-configuration.ts';
import type { Publishing } from '../../contract/state.ts';
import { readJournal } from '../../core/journal/journal.ts';
import { writeVersionMark } from '../../core/journal/version-mark.ts';
import { putFieldsBack, setForMeasuring } from '../put-fields-back.ts';
import { settleUpdate } from '../settle-update.ts';
import {
  done,
  MAY_PASS,
  PATIENCE_MS,
  targetChanged,
  waitOn,
  type SetMemoryDeps,
  type SetMemoryState,
} from './step.ts';

/** How often a publication is tried again that AWS did not accept, after a look at what is there. */
const MAX_TRIES = 3;
const PAUSE_MS = 500;

/** Publishes $LATEST, as the run has set it, under the run's mark, and sees the version become active. */
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
    await refuseChanged(state, memoryMb, found, deps);
    const version = await publishOnce(state, found.revisionId, mark, deps, tries < MAX_TRIES);
    if (version === null) {
      await deps.sleep(PAUSE_MS);
      continue;
    }
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
  throw targetChanged(state, 'its memory or description is no longer what the run set');
}

/** The version, new or published by an attempt without an answer; `null` where another try may do it. */
async function publishOnce(
  state: SetMemoryState,
  revisionId: string,
  mark: string,
  deps: SetMemoryDeps,
  again: boolean,
): Promise<FunctionConfiguration | null> {
  const { functionName, codeSha256 } = state.target;
  try {
    return await deps.publishVersion({ functionName, revisionId, codeSha256, description: mark });
  } catch (error) {
    if (isAwsError(error, 'refused') && /CodeSha256/i.test(error.message)) {
      throw targetChanged(state, 'its code was deployed anew while the run was at work', error);
    }
    if (!isAwsError(error) || !MAY_PASS.has(error.kind)) throw error;
    // It may have been published all the same: the mark tells.
    const versions = await deps.listVersions(functionName);
    const ours = versions.find((each) => each.description === mark);
    if (ours === undefined && !again) throw error;
    return ours ?? null;
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
