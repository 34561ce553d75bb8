import { isAwsError, type AwsError } from '../../../contract/shared/aws-error.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { Publishing } from '../../../contract/tune/publishing.ts';
import { readJournal, writeJournal, type Journal } from '../../../core/journal/journal.ts';
import { UNSETTLED } from '../../target/attempt.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { refuseFailedUpdate } from '../../target/failed-update.ts';
import { raisedLogLevel } from '../../target/put-fields-back.ts';
import { refuseLivingRun, refuseLivingRuns } from '../../target/refuse-living-run.ts';
import { withLogging } from '../../target/with-logging.ts';
import { settleUpdate } from '../../target/settle-update.ts';
import { refuseVariant } from '../../target/to-variant.ts';
import { publishVariant } from './publish-variant.ts';
import {
  finishSize,
  PATIENCE_MS,
  tryAgain,
  waitOn,
  type SetMemoryDeps,
  type SetMemoryState,
} from './step.ts';

/** One atomic update: the size, the timeout to measure with, and the note of how to go back. */
export async function setLatest(
  state: SetMemoryState,
  memoryMb: number,
  deps: SetMemoryDeps,
): Promise<Publishing> {
  const { target, publishing } = state;
  // The first update that is made expects what Inspect read before it looked for other runs: this is
  // the lock. Publishing changes the revision, so later ones look at what is there.
  const looked = publishing.serial === 0 ? null : await look(state, deps);
  if (looked?.kind === 'in-progress') {
    return waitOn(publishing);
  }
  const serial = publishing.serial + 1;
  const journal = journalFor(state, memoryMb, serial);
  const changedSinceMs = publishing.changedSinceMs ?? deps.now();
  const taken = { ...publishing, serial, changedSinceMs };
  try {
    await deps.updateConfiguration({
      functionName: target.functionName,
      revisionId: looked?.found.revisionId ?? publishing.revisionId,
      ...withLogging(looked?.found ?? target, {
        memoryMb,
        timeoutSeconds: journal.set.timeoutSeconds,
        description: writeJournal(journal),
        ...(journal.set.systemLogLevel === null
          ? {}
          : { systemLogLevel: journal.set.systemLogLevel }),
      }),
    });
  } catch (error) {
    if (!isAwsError(error)) throw error;
    if (refusesMemory(error)) {
      // Nothing was set, so nothing is locked yet: the next size expects the same revision.
      const reason = { code: 'refused-by-aws', answer: error.message } as const;
      return finishSize(publishing, refuseVariant(memoryMb, reason));
    }
    if (!UNSETTLED.has(error.kind)) throw error;
    // It did not go through, or nobody knows: what is on the function decides.
    const after = await look({ ...state, publishing: taken }, deps, error);
    if (after.kind === 'in-progress') return waitOn(taken);
    if (after.serial !== serial) {
      const { changedSinceMs: before } = publishing;
      const refused = { ...taken, changedSinceMs: before, revisionId: after.found.revisionId };
      return tryAgain(refused, error);
    }
  }
  return publishVariant({ ...state, publishing: { ...taken, phase: 'publish' } }, memoryMb, deps);
}

type Looked =
  | { readonly kind: 'in-progress' }
  | {
      readonly kind: 'at-rest';
      readonly found: FunctionConfiguration;
      /** Of this run's journal; `null` where $LATEST carries none. */
      readonly serial: number | null;
    };

/**
 * Looks at $LATEST once no update of it is in progress. It must be as the run found it or left it,
 * whatever its revision: those change by themselves.
 *
 * @throws {PowerdialError} TargetLocked or TargetChanged when somebody else is at work on it, UpdateFailed
 * when Lambda could not carry out its last update
 */
async function look(state: SetMemoryState, deps: SetMemoryDeps, cause?: AwsError): Promise<Looked> {
  const { run, target } = state;
  const found = await settleUpdate(deps, target.functionName, PATIENCE_MS);
  if (found === null) {
    return { kind: 'in-progress' };
  }
  const journal = readJournal(found.description);
  if (journal !== null) {
    await refuseLivingRun(target.functionName, journal, run, deps);
  } else if (cause !== undefined || !isLocked(state.publishing)) {
    // Another run may have been faster, and have put $LATEST back since: its versions tell. Listed
    // after the revision was read that the next update expects.
    const versions = await deps.listVersions(target.functionName);
    await refuseLivingRuns(target.functionName, versions, run, deps);
  }
  refuseFailedUpdate(found, { kind: 'set-memory', memoryMb: null }, target.functionName);
  refuseChanged(state, found, cause);
  return { kind: 'at-rest', found, serial: journal?.serial ?? null };
}

/** A marked version of the run tells every other run to give way; before there is one, only the journal does. */
function isLocked({ variants }: Publishing): boolean {
  return variants.some(({ version }) => version !== null);
}

/** Throws unless $LATEST is as the run left it or found it, whatever its revision. */
function refuseChanged(
  state: SetMemoryState,
  found: FunctionConfiguration,
  cause: AwsError | undefined,
): void {
  const { target } = state;
  const journal = readJournal(found.description);
  const settings = journal === null ? target : journal.set;
  const same =
    (journal === null || journal.run === state.run.id) &&
    found.codeSha256 === target.codeSha256 &&
    (journal?.description ?? found.description) === target.description &&
    found.memoryMb === settings.memoryMb &&
    found.timeoutSeconds === settings.timeoutSeconds;
  if (!same) {
    throw toRefusal({ code: 'changed-by-somebody', function: target.functionName }, cause);
  }
}

function journalFor(state: SetMemoryState, memoryMb: number, serial: number): Journal {
  const { run, input, target, publishing } = state;
  const raised = raisedLogLevel(target);
  return {
    purpose: 'set',
    run: run.id,
    serial,
    set: {
      memoryMb,
      timeoutSeconds: input.measureTimeoutSeconds,
      systemLogLevel: raised,
    },
    was: {
      memoryMb: target.memoryMb,
      timeoutSeconds: target.timeoutSeconds,
      systemLogLevel: raised === null ? null : target.systemLogLevel,
    },
    until: publishing.until,
    description: target.description,
  };
}

/**
 * Returns the account's cap (3,008 MB for new accounts) or the endpoint's: a fact about the size, not a
 * failure.
 */
function refusesMemory(error: AwsError): boolean {
  return error.kind === 'refused' && error.about === 'memory-size';
}
