import { isAwsError } from '../contract/aws-error.ts';
import { PowerdialError } from '../contract/errors.ts';
import type { Deps } from '../contract/deps.ts';
import type { FunctionConfiguration } from '../contract/function-configuration.ts';
import { readJournal } from '../core/journal/journal.ts';
import { wayBack } from '../core/journal/way-back.ts';
import { settleUpdate } from './settle-update.ts';

export type PutBackDeps = Pick<Deps, 'readConfiguration' | 'updateConfiguration' | 'now' | 'sleep'>;

export interface PutBack {
  /** $LATEST as it is now, without a journal of that run. */
  readonly found: FunctionConfiguration;
  /** Whether anything had to be put back. */
  readonly changed: boolean;
  /** Settings that somebody else changed in the meantime, and that were left to them. */
  readonly theirs: readonly string[];
}

/** Stages that change things are cut off after 60 s; this leaves time to say what is wrong. */
const WITHIN_MS = 45_000;

/**
 * Puts $LATEST back as a run's journal says, from the function alone. Does nothing where no journal of
 * that run stands. Safe to repeat, and safe against others: each try starts from what is there.
 *
 * @throws {PowerdialError} NotPutBack when it did not succeed in time
 */
export async function putBack(
  deps: PutBackDeps,
  functionName: string,
  run: string,
): Promise<PutBack> {
  const deadline = deps.now() + WITHIN_MS;
  let changed = false;
  let theirs: readonly string[] = [];
  let last: unknown = null;
  while (deps.now() < deadline) {
    const found = await settleUpdate(deps, functionName, deadline - deps.now());
    if (found === null) break;
    const journal = readJournal(found.description);
    if (journal?.run !== run) {
      return { found, changed, theirs };
    }
    const way = wayBack(found, journal.set, journal.was);
    theirs = way.theirs;
    try {
      await deps.updateConfiguration({
        functionName,
        revisionId: found.revisionId,
        description: journal.description,
        ...way.change,
      });
      changed = true;
    } catch (error) {
      // Somebody was faster, or AWS did not answer: what is there now decides about the next try.
      if (
        !isAwsError(error) ||
        error.kind === 'denied' ||
        error.kind === 'refused' ||
        error.kind === 'not-found'
      ) {
        throw error;
      }
      last = error;
      await deps.sleep(500);
    }
  }
  throw new PowerdialError(
    'NotPutBack',
    `Put ${functionName} back: wanted it as it was before run ${run}, but an update of it has been in progress for ${WITHIN_MS / 1000} s. Run \`powerdial restore ${functionName}\` when it is done.`,
    { cause: last, facts: { function: functionName, run } },
  );
}
