import { isAwsError } from '../contract/aws-error.ts';
import type { Deps } from '../contract/deps.ts';
import { versionsOfRun } from '../core/journal/version-mark.ts';

export type DeleteVersionsDeps = Pick<Deps, 'listVersions' | 'deleteVersion' | 'listAliases'>;

export interface DeletedVersions {
  readonly deleted: readonly string[];
  /** Versions that an alias points at by now: somebody uses them, so they stay. */
  readonly inUse: readonly string[];
}

/** Deletes the versions that a run published to measure them, found by their marks; any number of times. */
export async function deleteVersionsOfRun(
  deps: DeleteVersionsDeps,
  functionName: string,
  run: string,
): Promise<DeletedVersions> {
  const versions = await deps.listVersions(functionName);
  return deleteUnused(deps, functionName, versionsOfRun(run, versions));
}

/** Deletes versions of a run, but for those that an alias points at. */
export async function deleteUnused(
  deps: Omit<DeleteVersionsDeps, 'listVersions'>,
  functionName: string,
  versions: readonly { readonly version: string }[],
): Promise<DeletedVersions> {
  const deleted: string[] = [];
  const inUse: string[] = [];
  for (const { version } of versions) {
    try {
      await deps.deleteVersion({ functionName, version });
      deleted.push(version);
    } catch (error) {
      if (isAwsError(error, 'not-found')) continue;
      // A conflict is an alias, or an update in progress: only the first is a reason to leave it.
      if (!isAwsError(error, 'conflict') || !(await hasAlias(deps, functionName, version))) {
        throw error;
      }
      inUse.push(version);
    }
  }
  return { deleted, inUse };
}

async function hasAlias(
  deps: Pick<Deps, 'listAliases'>,
  functionName: string,
  version: string,
): Promise<boolean> {
  const aliases = await deps.listAliases(functionName);
  return aliases.some(
    (alias) => alias.version === version || alias.additionalVersions.includes(version),
  );
}
