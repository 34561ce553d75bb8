import type { AllVersions, Deps } from '../../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import { memberOf } from '../../contract/shared/member-of.ts';
import type { StageInput, StageOutput } from '../../contract/tune/stages.ts';
import type { Setting } from '../../contract/shared/warnings/facts.ts';
import type { Target } from '../../contract/tune/target.ts';
import { readJournal } from '../../core/journal/journal.ts';
import { releasesOf } from '../../core/journal/release-mark.ts';
import { versionsOfRun } from '../../core/journal/version-mark.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { stillAppliedText } from '../../words/tune/still-applied.ts';
import { hasFailedUpdate } from '../target/failed-update.ts';
import {
  deleteUnused,
  type DeletedVersions,
  type DeleteVersionsDeps,
} from '../target/delete-versions.ts';
import { putBack, type PutBack, type PutBackDeps } from '../target/put-back.ts';
import { lastSizesMb, putFieldsBack, setForMeasuring } from '../target/put-fields-back.ts';
import type { Stage } from './stage.ts';
import { nextLeaving, leftVersion, warnOfUndeleted, withUndeleted } from './clean-up/leaving.ts';
import { stopQueries, type StopQueriesDeps } from './clean-up/stop-queries.ts';
import { warnOfTheirs } from '../target/warn-of-theirs.ts';

export type CleanUpDeps = PutBackDeps &
  DeleteVersionsDeps &
  StopQueriesDeps &
  Pick<Deps, 'listAllVersions'>;

type State = StageInput<'CleanUp'>;

/**
 * Leaves the target as it was found: puts $LATEST back, deletes the run's versions, stops its queries, looks
 * whether anything differs. Reached from every path, safe to run any number of times, and content with the
 * function's name alone when the run that it cleans up after is dead.
 */
export const cleanUp: Stage<'CleanUp', CleanUpDeps> = async (state, deps) => {
  const failure = tidyFailure(state.failure);
  const functionName = state.target?.functionName ?? nameOf(state.function);
  if (
    functionName === null ||
    (state.target === null && state.publishing === null && hasFailedEarly(state))
  ) {
    return { warnings: [], deletedVersions: [], failure, leaving: null };
  }
  const left = await takeBack(state, functionName, deps).finally(() => stopQueries(state, deps));
  const deletedVersions = [...(state.leaving?.deletedVersions ?? []), ...left.deleted];
  const leaving = nextLeaving(state.leaving, left.pending, deletedVersions);
  if (leaving !== null) {
    return { warnings: [], deletedVersions, failure, leaving };
  }
  return {
    warnings: [
      ...warnOfTheirs([...left.theirs, ...differences(state, left.found)]),
      ...left.inUse.map((version) => leftVersion(functionName, version)),
      ...left.pending.map((version) => warnOfUndeleted(functionName, version)),
    ],
    deletedVersions,
    failure:
      failure === null
        ? null
        : withUndeleted(withApplied(failure, state, left.found), functionName, left.pending),
    leaving: null,
  };
};

/** Inspect failed before the run could have changed anything, so there is nothing to look for. */
function hasFailedEarly(state: State): boolean {
  return state.failure !== null;
}

/** $LATEST from a list, which does not tell how its last update ended, or from a reading, which does. */
type Found = AllVersions['latest'] & Partial<Pick<FunctionConfiguration, 'lastUpdateStatus'>>;

interface Left extends DeletedVersions {
  readonly found: Found;
  readonly theirs: readonly Setting[];
}

async function takeBack(state: State, functionName: string, deps: CleanUpDeps): Promise<Left> {
  const { run, target, failure } = state;
  if (target !== null && failure === null) {
    // A run that went well has put $LATEST back and seen it at rest: one listing confirms it.
    const { latest, versions } = await deps.listAllVersions(functionName);
    if (readJournal(latest.description)?.run !== run.id && !mayStand(state, latest)) {
      const own = versionsOfRun(run.id, versions);
      return { ...(await deleteUnused(deps, functionName, own)), found: latest, theirs: [] };
    }
  }
  const back = await putBack(deps, functionName, run.id);
  // Listed after the journal was taken away: a publication under way may have come through before that.
  const versions = await deps.listVersions(functionName);
  const release = await deleteUnused(deps, functionName, halfReleased(state, back, versions));
  const stays = back.changed || release.inUse.length > 0 || back.pending.length > 0;
  const found = stays ? back.found : await putBackWithoutJournal(state, back.found, deps);
  const measured = await deleteUnused(deps, functionName, versionsOfRun(run.id, versions));
  return {
    found,
    theirs: back.theirs,
    deleted: [...back.deleted, ...release.deleted, ...measured.deleted],
    inUse: [...release.inUse, ...measured.inUse],
    pending: [...back.pending, ...release.pending, ...measured.pending],
  };
}

/**
 * Returns the version that a failed Apply published, where somebody overwrote its journal: nothing but the
 * run itself knows that it is not the user's yet.
 */
function halfReleased(
  { run, target, publishing, failure }: State,
  { changed, found }: PutBack,
  versions: AllVersions['versions'],
): AllVersions['versions'] {
  const overwritten =
    !changed && target !== null && failure !== null && found.description !== target.description;
  return overwritten && publishing !== null
    ? releasesOf({ run: run.id, serial: publishing.serial + 1 }, versions)
    : [];
}

/** Tells whether something of the run may stand on $LATEST that no journal tells of. */
function mayStand(state: State, found: Found): boolean {
  const { target, publishing } = state;
  if (target === null || publishing === null || readJournal(found.description) !== null) {
    return false;
  }
  return lastSizesMb(publishing).length > 0 || isHalfApplied(state, found);
}

/**
 * Apply puts its journal there with the setting and takes it away when it is done: a setting without
 * either description is one whose journal somebody has overwritten. One whose update failed is not in
 * effect, though it is shown.
 */
function isHalfApplied({ target, result, failure }: State, found: Found): boolean {
  return (
    target !== null &&
    result !== null &&
    failure !== null &&
    found.memoryMb === result.recommendation.memoryMb &&
    found.memoryMb !== target.memoryMb &&
    (found.description !== target.description || isOnlyShown(target, found))
  );
}

/**
 * A journal that somebody overwrote (a deployment sets the description, for example) cannot tell the
 * way back any more, but the run still knows what it set: those values go back, others stay.
 */
async function putBackWithoutJournal(
  state: State,
  found: FunctionConfiguration,
  deps: CleanUpDeps,
): Promise<FunctionConfiguration> {
  const { target, publishing, result } = state;
  if (target === null || publishing === null) {
    return found;
  }
  if (isHalfApplied(state, found) && result !== null) {
    const { memoryMb, timeoutSeconds } = result.recommendation;
    return putFieldsBack(deps, target, found, () => ({
      memoryMb,
      timeoutSeconds: timeoutSeconds ?? target.timeoutSeconds,
      systemLogLevel: null,
    }));
  }
  return putFieldsBack(
    deps,
    target,
    found,
    setForMeasuring(target, publishing, lastSizesMb(publishing)),
  );
}

/**
 * Tells whether what $LATEST is set to is shown and not in effect. Where an alias is pointed, the last update
 * only takes the journal away, when everything else has long been in effect.
 */
function isOnlyShown({ alias }: Target, { lastUpdateStatus }: Found): boolean {
  return alias === null && lastUpdateStatus !== undefined && hasFailedUpdate({ lastUpdateStatus });
}

/** A run may fail after its last change: then what it applied stands, and the user must know. */
function withApplied(
  failure: NonNullable<StageOutput<'CleanUp'>['failure']>,
  { target, result }: State,
  found: Found,
): NonNullable<StageOutput<'CleanUp'>['failure']> {
  const stands =
    target !== null &&
    result !== null &&
    found.memoryMb === result.recommendation.memoryMb &&
    found.memoryMb !== target.memoryMb &&
    !isOnlyShown(target, found);
  return stands
    ? {
        ...failure,
        cause: `${failure.cause} ${stillAppliedText(target.functionName, found.memoryMb)}`,
      }
    : failure;
}

function differences({ target }: State, found: Found): readonly Setting[] {
  if (target === null) {
    return [];
  }
  const differing: readonly (readonly [Setting, boolean])[] = [
    ['memory', found.memoryMb !== target.memoryMb],
    ['timeout', found.timeoutSeconds !== target.timeoutSeconds],
    ['description', found.description !== target.description],
    ['system-log-level', found.systemLogLevel !== target.systemLogLevel],
    ['code', found.codeSha256 !== target.codeSha256],
  ];
  return differing.filter(([, differs]) => differs).map(([setting]) => setting);
}

function nameOf(name: unknown): string | null {
  return typeof name === 'string' ? (parseFunctionRef(name)?.functionName ?? null) : null;
}

/** Tells what went wrong, for people: a stage's own message instead of the JSON that carries it. */
function tidyFailure(failure: State['failure']): StageOutput<'CleanUp'>['failure'] {
  if (failure === null) {
    return null;
  }
  const cause = failure.Cause ?? '';
  return { error: failure.Error ?? 'UnknownError', cause: messageOf(cause) };
}

function messageOf(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    const message = memberOf(parsed, 'errorMessage');
    return typeof message === 'string' ? message : cause;
  } catch {
    return cause;
  }
}
