import { PowerdialError } from '../contract/errors.ts';
import type { Deps } from '../contract/deps.ts';
import type { StageInput } from '../contract/stages.ts';
import { writeJournal } from '../core/journal/journal.ts';
import { settleUpdate } from './settle-update.ts';
import type { Stage } from './stage.ts';

export type ApplyDeps = Pick<
  Deps,
  | 'readConfiguration'
  | 'updateConfiguration'
  | 'publishVersion'
  | 'listAliases'
  | 'pointAlias'
  | 'now'
  | 'sleep'
>;

type State = StageInput<'Apply'>;

const PATIENCE_MS = 40_000;

/**
 * Gives the target the recommended setting: $LATEST in one atomic update, and where the input names an
 * alias, a version of that which the alias then points at. While the alias is not there yet, a journal
 * stands on $LATEST, so that a crash in between is put back like any other.
 */
export const apply: Stage<'Apply', ApplyDeps> = async (state, deps) => {
  const { target, result, input } = state;
  const wanted = typeof input.apply === 'object' ? input.apply : {};
  const set = {
    memoryMb: result.recommendation.memoryMb,
    timeoutSeconds:
      wanted.timeout === true
        ? (result.recommendation.timeoutSeconds ?? target.timeoutSeconds)
        : target.timeoutSeconds,
  };
  const found = await settled(state, deps);
  refuseChanged(state, found);
  const alias = wanted.alias ?? null;
  const description =
    alias === null
      ? target.description
      : writeJournal({
          run: state.run.id,
          serial: state.publishing.serial + 1,
          set: { ...set, systemLogLevel: null },
          was: {
            memoryMb: target.memoryMb,
            timeoutSeconds: target.timeoutSeconds,
            systemLogLevel: null,
          },
          until: state.publishing.until,
          description: target.description,
        });
  await deps.updateConfiguration({
    functionName: target.functionName,
    revisionId: found.revisionId,
    description,
    ...set,
  });
  const updated = await settled(state, deps);
  const version = alias === null ? null : await release(state, alias, updated.revisionId, deps);
  return { applied: { ...set, alias, version }, warnings: [] };
};

/** Publishes what was just set, points the alias at it, and takes the journal away. */
async function release(
  state: State,
  name: string,
  revisionId: string,
  deps: ApplyDeps,
): Promise<string> {
  const { functionName, codeSha256, description } = state.target;
  const alias = (await deps.listAliases(functionName)).find((each) => each.name === name);
  if (alias === undefined || alias.additionalVersions.length > 0) {
    throw new PowerdialError(
      'TargetChanged',
      `Point the alias ${name} of ${functionName}: wanted it with one version, as it was when the run started; by now it ${alias === undefined ? 'is gone' : 'shares its traffic between versions'}.`,
    );
  }
  const { version } = await deps.publishVersion({
    functionName,
    revisionId,
    codeSha256,
    description,
  });
  await deps.pointAlias({ functionName, name, version, revisionId: alias.revisionId });
  const { revisionId: last } = await settled(state, deps);
  await deps.updateConfiguration({ functionName, revisionId: last, description });
  return version;
}

async function settled(state: State, deps: ApplyDeps): ReturnType<ApplyDeps['readConfiguration']> {
  const { functionName } = state.target;
  const found = await settleUpdate(deps, functionName, PATIENCE_MS);
  if (found === null) {
    throw new PowerdialError(
      'TargetBusy',
      `Apply the recommendation to ${functionName}: an update of it has been in progress for ${PATIENCE_MS / 1000} s. Apply it by hand when that is done.`,
    );
  }
  return found;
}

/** What was measured must be what gets the new setting. */
function refuseChanged(
  state: State,
  found: Awaited<ReturnType<ApplyDeps['readConfiguration']>>,
): void {
  const { target } = state;
  const fields = ['codeSha256', 'memoryMb', 'timeoutSeconds', 'description'] as const;
  const different = fields.filter((field) => found[field] !== target[field]);
  if (different.length > 0) {
    throw new PowerdialError(
      'TargetChanged',
      `Apply the recommendation to ${target.functionName}: wanted it as it was measured, its ${different.join(', ')} changed during the run. Nothing was applied; run the tuning again.`,
      { facts: { function: target.functionName } },
    );
  }
}
