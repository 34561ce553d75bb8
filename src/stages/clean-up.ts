import type { Deps } from '../contract/deps.ts';
import type { FunctionConfiguration } from '../contract/function-configuration.ts';
import type { StageInput, StageOutput } from '../contract/stages.ts';
import type { Warning } from '../contract/state.ts';
import { readJournal } from '../core/journal/journal.ts';
import { wayBack } from '../core/journal/way-back.ts';
import { parseFunctionRef } from '../core/target/function-ref.ts';
import { deleteVersionsOfRun, type DeleteVersionsDeps } from './delete-versions.ts';
import { putBack, type PutBackDeps } from './put-back.ts';
import type { Stage } from './stage.ts';
import { theirsWarnings } from './theirs-warnings.ts';

export type CleanUpDeps = PutBackDeps & DeleteVersionsDeps & Pick<Deps, 'updateConfiguration'>;

type State = StageInput<'CleanUp'>;

/**
 * Leaves the target as it was found: puts $LATEST back, deletes the run's versions, looks whether
 * anything differs. Reached from every path, safe to run any number of times, and content with the
 * function's name alone when the run that it cleans up after is dead.
 */
export const cleanUp: Stage<'CleanUp', CleanUpDeps> = async (state, deps) => {
  const failure = tidyFailure(state.failure);
  const functionName = state.target?.functionName ?? nameOf(state.function);
  if (
    functionName === null ||
    (state.target === null && state.publishing === null && failedEarly(state))
  ) {
    return { warnings: [], deletedVersions: [], failure };
  }
  const back = await putBack(deps, functionName, state.run.id);
  const found = await putBackWithoutJournal(state, back.found, deps);
  const { deleted, inUse } = await deleteVersionsOfRun(deps, functionName, state.run.id);
  return {
    warnings: [
      ...theirsWarnings([...back.theirs, ...differences(state, found)]),
      ...inUse.map((version) => leftVersion(version)),
    ],
    deletedVersions: [...deleted],
    failure,
  };
};

/** Inspect failed before the run could have changed anything, so there is nothing to look for. */
function failedEarly(state: State): boolean {
  return state.failure !== null;
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
  const { target } = state;
  // Another run's journal: what is set is that run's, and so is the way back.
  if (target === null || readJournal(found.description) !== null) {
    return found;
  }
  if (!mayStillStand(state).includes(found.memoryMb)) {
    return found;
  }
  const was = {
    memoryMb: target.memoryMb,
    timeoutSeconds: target.timeoutSeconds,
    systemLogLevel: null,
  };
  const { change } = wayBack(found, { ...found, systemLogLevel: null }, was);
  if (Object.keys(change).length === 0) {
    return found;
  }
  return deps.updateConfiguration({
    functionName: target.functionName,
    revisionId: found.revisionId,
    ...change,
  });
}

/** Memory sizes that this run set on $LATEST and has not put back, as far as its state tells. */
function mayStillStand({ publishing, result, failure }: State): readonly number[] {
  // A failure after the recommendation is Apply's: its update may have gone through.
  const applied = failure !== null && result !== null ? [result.recommendation.memoryMb] : [];
  if (publishing === null || publishing.serial === publishing.restoredSerial) {
    return applied;
  }
  const set = [
    ...publishing.variants.slice(-1).map((each) => each.memoryMb),
    ...publishing.pending.slice(0, 1),
  ];
  return [...set, ...applied];
}

function differences({ target }: State, found: FunctionConfiguration): readonly string[] {
  if (target === null) {
    return [];
  }
  return [
    ...(found.memoryMb === target.memoryMb ? [] : ['memory']),
    ...(found.timeoutSeconds === target.timeoutSeconds ? [] : ['timeout']),
    ...(found.description === target.description ? [] : ['description']),
    ...(found.systemLogLevel === target.systemLogLevel ? [] : ['system log level']),
    ...(found.codeSha256 === target.codeSha256 ? [] : ['code']),
  ];
}

function leftVersion(version: string): Warning {
  return {
    code: 'version-left',
    message: `Version ${version}, which this run published, was left: an alias points at it.`,
  };
}

function nameOf(name: unknown): string | null {
  return typeof name === 'string' ? (parseFunctionRef(name)?.functionName ?? null) : null;
}

/** What went wrong, for people: a stage's own message instead of the JSON that carries it. */
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
    const message = (parsed as { errorMessage?: unknown } | null)?.errorMessage;
    return typeof message === 'string' ? message : cause;
  } catch {
    return cause;
  }
}
