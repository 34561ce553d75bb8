import { isAwsError, type AwsError } from '../../contract/aws-error.ts';
import { PowerdialError } from '../../contract/errors.ts';
import type { FunctionConfiguration } from '../../contract/function-configuration.ts';
import type { Publishing } from '../../contract/state.ts';
import { readJournal, writeJournal, type Journal } from '../../core/journal/journal.ts';
import { settleUpdate } from '../settle-update.ts';
import { publishVariant } from './publish-variant.ts';
import {
  done,
  PATIENCE_MS,
  targetChanged,
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
  const serial = publishing.serial + 1;
  const journal = journalFor(state, memoryMb, serial);
  const taken = { ...state, publishing: { ...publishing, serial } };
  try {
    const updated = await deps.updateConfiguration({
      functionName: target.functionName,
      revisionId: publishing.revisionId,
      memoryMb,
      timeoutSeconds: journal.set.timeoutSeconds,
      description: writeJournal(journal),
      ...(journal.set.systemLogLevel === null
        ? {}
        : { systemLogLevel: journal.set.systemLogLevel }),
    });
    return await publishVariant(
      {
        ...taken,
        publishing: { ...taken.publishing, revisionId: updated.revisionId, phase: 'publish' },
      },
      memoryMb,
      deps,
    );
  } catch (error) {
    if (!isAwsError(error)) throw error;
    if (refusesMemory(error)) {
      return done(taken.publishing, {
        memoryMb,
        version: null,
        outcome: 'refused',
        reason: error.message,
      });
    }
    if (
      error.kind === 'precondition' ||
      error.kind === 'conflict' ||
      error.kind === 'unavailable'
    ) {
      return startAgain(taken, serial, deps, error);
    }
    throw error;
  }
}

/**
 * The update did not go through, or nobody knows: what is on the function now decides. Ours already: go
 * on. Unchanged but for its revision: try again with that. Anything else is somebody at work on it.
 */
async function startAgain(
  state: SetMemoryState,
  serial: number,
  deps: SetMemoryDeps,
  cause: AwsError,
): Promise<Publishing> {
  const { run, target, publishing } = state;
  const found = await settleUpdate(deps, target.functionName, PATIENCE_MS);
  if (found === null) {
    return waitOn(publishing);
  }
  const journal = readJournal(found.description);
  if (journal !== null && journal.run !== run.id) {
    throw new PowerdialError(
      'TargetLocked',
      `Set the memory of ${target.functionName}: run ${journal.run} started at the same time and was faster; it may take until ${journal.until}. Wait for it; if it is dead, run \`powerdial restore ${target.functionName}\`.`,
      { cause, facts: { function: target.functionName, run: journal.run } },
    );
  }
  if (journal?.serial === serial) {
    return tryAgain({ ...publishing, revisionId: found.revisionId, phase: 'publish' }, cause);
  }
  refuseChanged(state, found, cause);
  return tryAgain({ ...publishing, revisionId: found.revisionId }, cause);
}

/** Throws unless $LATEST is as the run left it or found it, whatever its revision. */
function refuseChanged(state: SetMemoryState, found: FunctionConfiguration, cause: AwsError): void {
  const { target } = state;
  const journal = readJournal(found.description);
  const settings = journal === null ? target : journal.set;
  const same =
    found.codeSha256 === target.codeSha256 &&
    (journal?.description ?? found.description) === target.description &&
    found.memoryMb === settings.memoryMb &&
    found.timeoutSeconds === settings.timeoutSeconds;
  if (!same) {
    throw targetChanged(state, 'somebody deployed or changed it while the run was at work', cause);
  }
}

function journalFor(state: SetMemoryState, memoryMb: number, serial: number): Journal {
  const { run, input, target, publishing } = state;
  // Below INFO level the platform log leaves out the reports of successful invocations.
  const hidden = target.systemLogLevel === 'WARN';
  return {
    run: run.id,
    serial,
    set: {
      memoryMb,
      timeoutSeconds: input.measureTimeoutSeconds,
      systemLogLevel: hidden ? 'INFO' : null,
    },
    was: {
      memoryMb: target.memoryMb,
      timeoutSeconds: target.timeoutSeconds,
      systemLogLevel: hidden ? 'WARN' : null,
    },
    until: publishing.until,
    description: target.description,
  };
}

/** The account's cap (3,008 MB for new accounts) or the endpoint's: a fact about the size, not a failure. */
function refusesMemory(error: AwsError): boolean {
  return error.kind === 'refused' && /memory ?size/i.test(error.message);
}
