import { keysOf } from '../../contract/shared/keys-of.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { Deps } from '../../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import type { Publishing } from '../../contract/tune/publishing.ts';
import type { Target } from '../../contract/tune/target.ts';
import { readJournal, type Settings } from '../../core/journal/journal.ts';
import { wayBack, type FoundSettings, type WayBack } from '../../core/journal/way-back.ts';
import { hasFailedUpdate, updateFailure } from './failed-update.ts';
import { notPutBack } from '../../words/refusals/not-put-back.ts';
import { withLogging } from './with-logging.ts';
import { settleUpdate } from './settle-update.ts';

export type PutFieldsBackDeps = Pick<
  Deps,
  'readConfiguration' | 'updateConfiguration' | 'now' | 'sleep'
>;

const TRIES = 3;
const PATIENCE_MS = 10_000;

/**
 * For a $LATEST whose journal somebody overwrote (a deployment sets the description, for example): each
 * field that still holds what the run set goes back, every other one is somebody else's.
 *
 * @param mayBeSet what the run may have set, for $LATEST as it is
 */
export async function putFieldsBack(
  deps: PutFieldsBackDeps,
  target: Target,
  found: FunctionConfiguration,
  mayBeSet: (found: FoundSettings) => Settings,
): Promise<FunctionConfiguration> {
  const { functionName } = target;
  let now = found;
  let sent: Change | null = null;
  for (let tries = 1; ; tries++) {
    const change = changeToSend(now, sent, target, mayBeSet);
    // Under another run's journal, what is set is that run's, and so is the way back.
    if (Object.keys(change).length === 0 || readJournal(now.description) !== null) {
      return now;
    }
    if (tries > TRIES) {
      throw notPutBack(functionName, null, { kind: 'update-failed', ...updateFailure(now) });
    }
    try {
      const { revisionId } = now;
      const request = { functionName, revisionId, ...withLogging(now, change) };
      const updated = await deps.updateConfiguration(request);
      sent = change;
      const settled = await settleUpdate(deps, functionName, PATIENCE_MS);
      if (settled === null) return updated;
      now = settled;
    } catch (error) {
      if (!isAwsError(error, 'precondition') && !isAwsError(error, 'conflict')) throw error;
      if (tries >= TRIES) throw error;
      now = (await settleUpdate(deps, functionName, PATIENCE_MS)) ?? now;
    }
  }
}

type Change = WayBack['change'];

/**
 * Returns the change that is to be sent: whatever still holds the run's values. Where an update of ours has
 * failed and is shown all the same, the same change is sent again.
 */
function changeToSend(
  now: FunctionConfiguration,
  sent: Change | null,
  target: Target,
  mayBeSet: (found: FoundSettings) => Settings,
): Change {
  const { change } = wayBack(now, mayBeSet(now), wasOf(target));
  if (Object.keys(change).length > 0 || sent === null || !hasFailedUpdate(now)) return change;
  const shown = keysOf(sent).every((field) => now[field] === sent[field]);
  return shown ? sent : {};
}

/** Tells what the run's updates for measuring set; nothing at all where there are no sizes that may stand. */
export function setForMeasuring(
  target: Target,
  publishing: Publishing,
  memoriesMb: readonly number[],
): (found: FoundSettings) => Settings {
  if (memoriesMb.length === 0) {
    return () => wasOf(target);
  }
  return ({ memoryMb }) => ({
    memoryMb: memoriesMb.includes(memoryMb) ? memoryMb : target.memoryMb,
    timeoutSeconds: publishing.measureTimeoutSeconds,
    systemLogLevel: raisedLogLevel(target),
  });
}

/** Tells what $LATEST may be set to by the run, as far as its state tells: nothing once it was put back. */
export function lastSizesMb(publishing: Publishing): readonly number[] {
  const { serial, restoredSerial, variants } = publishing;
  if (serial === restoredSerial) {
    return [];
  }
  // A refused size was never set, or its version failed: the one before it may stand as well.
  const lastSet = variants.findLastIndex(({ outcome }) => outcome !== 'refused');
  return variants.slice(Math.max(0, lastSet)).map(({ memoryMb }) => memoryMb);
}

/**
 * Returns the log level that the run sets: below INFO the platform log leaves out the reports of successful
 * invocations. `null` where the level is low enough already.
 */
export function raisedLogLevel({ systemLogLevel }: Pick<Target, 'systemLogLevel'>): 'INFO' | null {
  return systemLogLevel === 'WARN' ? 'INFO' : null;
}

function wasOf(target: Target): Settings {
  return {
    memoryMb: target.memoryMb,
    timeoutSeconds: target.timeoutSeconds,
    systemLogLevel: raisedLogLevel(target) === null ? null : target.systemLogLevel,
  };
}
