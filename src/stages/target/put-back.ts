import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { PowerdialError } from '../../contract/shared/errors.ts';
import type { Setting } from '../../contract/shared/warnings/facts.ts';
import type { Deps } from '../../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import { readJournal, type Journal } from '../../core/journal/journal.ts';
import { releasesOf } from '../../core/journal/release-mark.ts';
import { wayBack, type WayBack } from '../../core/journal/way-back.ts';
import { deleteUnused, type DeletedVersions, type DeleteVersionsDeps } from './delete-versions.ts';
import { hasFailedUpdate, updateFailure } from './failed-update.ts';
import { notPutBack, type NotPutBackReason } from '../../words/refusals/not-put-back.ts';
import { withLogging } from './with-logging.ts';
import { settleUpdate } from './settle-update.ts';
import { hiddenJournal, updateBack, type Sent } from './update-back.ts';

/** The versions matter only where Apply was under way. */
export type PutBackDeps = Pick<
  Deps,
  'readConfiguration' | 'updateConfiguration' | 'now' | 'sleep'
> &
  DeleteVersionsDeps;

export interface PutBack {
  /** $LATEST as it is now, without a journal of that run. */
  readonly found: FunctionConfiguration;
  /** Whether anything had to be put back. */
  readonly changed: boolean;
  /** Settings that somebody else changed in the meantime, and that were left to them. */
  readonly theirs: readonly Setting[];
  /** What Apply had published and no alias points at. */
  readonly deleted: readonly string[];
  /** The version of an Apply that had come so far that an alias points at it: what it set stays. */
  readonly released: string | null;
  /**
   * What Apply had published and AWS does not delete yet. Only the journal tells that it is the run's, so the
   * journal still stands on `found`, whose settings are put back: repeat this later.
   */
  readonly pending: readonly string[];
}

/** Stages that change things are cut off after 60 s; this leaves time to say what is wrong. */
const WITHIN_MS = 45_000;

/** How often updates of ours may fail after Lambda accepted them, before it is left to a later call. */
const MOST_FAILED = 4;
const FAILED_PAUSE_MS = 1000;

const NO_VERSIONS: DeletedVersions = { deleted: [], inUse: [], pending: [] };

/**
 * Puts $LATEST back as a run's journal says, from the function alone. Does nothing where no journal of
 * that run stands. Safe to repeat, and safe against others: each try starts from what is there.
 *
 * An Apply goes back too, and the version that it published with it, unless an alias points at that
 * version already: then only the journal is left to be taken away.
 *
 * A failed update is no obstacle: the next one is sent. Because nobody knows what Lambda shows after one,
 * the journal then stays until the settings are in effect, so that they can be put back whoever comes next.
 *
 * @throws {PowerdialError} NotPutBack when it did not succeed in time
 */
export async function putBack(
  deps: PutBackDeps,
  functionName: string,
  run: string,
): Promise<PutBack> {
  const deadline = deps.now() + WITHIN_MS;
  const progress: Progress = { ...NOTHING_DONE, deleted: [] };
  let failed = 0;
  let last: unknown = null;
  while (deps.now() < deadline) {
    const found = await settleUpdate(deps, functionName, deadline - deps.now());
    if (found === null) break;
    if (progress.sent?.accepted === true && hasFailedUpdate(found)) {
      failed++;
      if (failed >= MOST_FAILED) throw failedForGood(functionName, run, found);
      await deps.sleep(FAILED_PAUSE_MS * 2 ** (failed - 1));
    }
    const shown = readJournal(found.description);
    // What Lambda shows may be an update of ours that failed: its journal is then known from the try before.
    const journal = shown?.run === run ? shown : hiddenJournal(found, progress.sent);
    if (journal === null) return toPutBack(found, progress, []);
    try {
      const end = await sendBack(deps, functionName, { found, journal }, progress);
      if (end !== null) return end;
    } catch (error) {
      // Somebody was faster, or AWS did not answer: what is there now decides about the next try.
      if (!isAwsError(error) || FINAL.has(error.kind)) throw error;
      last = error;
      await deps.sleep(500);
    }
  }
  throw notPutBack(functionName, run, whyNotInTime(last), last ?? undefined);
}

/** What has come of the tries so far. */
interface Progress {
  changed: boolean;
  theirs: readonly Setting[];
  released: string | null;
  readonly deleted: string[];
  /** The last update that was sent from here. */
  sent: Sent | null;
}

const NOTHING_DONE = { changed: false, theirs: [], released: null, sent: null } as const;

function toPutBack(
  found: FunctionConfiguration,
  { changed, theirs, released, deleted }: Progress,
  pending: readonly string[],
): PutBack {
  return { found, changed, theirs, released, deleted, pending };
}

/** Sends one update; `null` where the next look has to tell what came of it. */
async function sendBack(
  deps: PutBackDeps,
  functionName: string,
  { found, journal }: { readonly found: FunctionConfiguration; readonly journal: Journal },
  progress: Progress,
): Promise<PutBack | null> {
  // Before the journal goes: it is what tells that the version is the run's. A publication that
  // comes later is refused, because its revision is gone with the update below.
  // $LATEST does not wait for a version that is pending: first its settings go back.
  const releases = await takeBackRelease(deps, functionName, journal, progress.changed);
  progress.deleted.push(...releases.deleted);
  const { pending } = releases;
  progress.released = releases.inUse[0] ?? null;
  const way = progress.released === null ? wayBack(found, journal.set, journal.was) : NO_WAY;
  progress.theirs = way.theirs;
  const failedBefore = hasFailedUpdate(found);
  if (pending.length > 0 && Object.keys(way.change).length === 0 && !failedBefore) {
    return toPutBack(found, progress, pending);
  }
  const keepsJournal = pending.length > 0 || failedBefore;
  const change = updateBack(found, journal, way.change, keepsJournal);
  // Noted before the answer comes, because the answer may be lost.
  const sent = { journal, description: change.description };
  progress.sent = { ...sent, accepted: false };
  const { revisionId } = found;
  await deps.updateConfiguration({ functionName, revisionId, ...withLogging(found, change) });
  progress.sent = { ...sent, accepted: true };
  progress.changed = true;
  return null;
}

function whyNotInTime(last: unknown): NotPutBackReason {
  const seconds = WITHIN_MS / 1000;
  return isAwsError(last)
    ? {
        kind: 'unanswered',
        action: last.action,
        awsCode: last.code,
        awsMessage: last.message,
        seconds,
      }
    : { kind: 'update-in-progress', seconds };
}

function failedForGood(
  functionName: string,
  run: string,
  found: FunctionConfiguration,
): PowerdialError {
  const why = { kind: 'updates-failed', times: MOST_FAILED, ...updateFailure(found) } as const;
  return notPutBack(functionName, run, why);
}

const NO_WAY: WayBack = { change: {}, theirs: [] };

/** Failures after which another try would fail the same way. */
const FINAL: ReadonlySet<string> = new Set(['denied', 'refused', 'not-found']);

/** Tells what Apply published under this journal, deleted unless an alias points at it. */
async function takeBackRelease(
  deps: DeleteVersionsDeps,
  functionName: string,
  journal: Journal,
  waits: boolean,
): Promise<DeletedVersions> {
  if (journal.purpose !== 'apply') {
    return NO_VERSIONS;
  }
  const versions = await deps.listVersions(functionName);
  const releases = releasesOf(journal, versions);
  return waits
    ? deleteUnused(deps, functionName, releases)
    : deleteUnused(deps, functionName, releases, 0);
}
