import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { Deps } from '../../contract/shared/deps.ts';
import { versionsOfRun } from '../../core/journal/version-mark.ts';

export type DeleteVersionsDeps = Pick<
  Deps,
  'listVersions' | 'deleteVersion' | 'listAliases' | 'now' | 'sleep'
>;

export interface DeletedVersions {
  readonly deleted: readonly string[];
  /** Versions that an alias points at by now: somebody uses them, so they stay. */
  readonly inUse: readonly string[];
  /** Versions that AWS does not delete yet: it refuses that while they are pending, with SnapStart for minutes. */
  readonly pending: readonly string[];
}

/** A plain version is there in a second or two; longer waits are the caller's. */
const PATIENCE_MS = 8000;
const POLLS_MS = [250, 500, 1000] as const;

/** Deletes the versions that a run published to measure them, found by their marks; any number of times. */
export async function deleteVersionsOfRun(
  deps: DeleteVersionsDeps,
  functionName: string,
  run: string,
): Promise<DeletedVersions> {
  const versions = await deps.listVersions(functionName);
  return deleteUnused(deps, functionName, versionsOfRun(run, versions));
}

/**
 * Deletes versions of a run, but for those that an alias points at, with all of its traffic or a part of
 * it, and those that AWS does not delete yet. The aliases are looked at first, all of them: a filter by
 * version would be a call for each, and AWS does not say whether it finds a version that has a weight only.
 * AWS refuses such a deletion as well ("You can't delete a function version that an alias references",
 * DeleteFunction, 2026-11), other engines do not.
 */
export async function deleteUnused(
  deps: Omit<DeleteVersionsDeps, 'listVersions'>,
  functionName: string,
  versions: readonly { readonly version: string }[],
  patienceMs: number = PATIENCE_MS,
): Promise<DeletedVersions> {
  const deadlineMs = deps.now() + patienceMs;
  const deleted: string[] = [];
  const inUse: string[] = [];
  let rest = versions.map(({ version }) => version);
  for (let poll = 0; ; poll++) {
    const used = await versionsInUse(deps, functionName, rest);
    inUse.push(...used);
    const pending: string[] = [];
    for (const version of rest.filter((each) => !used.includes(each))) {
      const fate = await deleteOne(deps, functionName, version);
      if (fate !== 'gone') (fate === 'deleted' ? deleted : pending).push(version);
    }
    const waitMs = POLLS_MS[poll] ?? 1000;
    if (pending.length === 0 || deps.now() + waitMs > deadlineMs)
      return { deleted, inUse, pending };
    await deps.sleep(waitMs);
    rest = pending;
  }
}

async function deleteOne(
  deps: Pick<Deps, 'deleteVersion'>,
  functionName: string,
  version: string,
): Promise<'deleted' | 'gone' | 'pending'> {
  try {
    await deps.deleteVersion({ functionName, version });
    return 'deleted';
  } catch (error) {
    if (isAwsError(error, 'not-found')) return 'gone';
    // AWS is not done with the version, or an alias points at it since: the next look tells them apart.
    if (isAwsError(error, 'conflict')) return 'pending';
    throw error;
  }
}

/** Tells which of the versions an alias invokes. */
async function versionsInUse(
  deps: Pick<Deps, 'listAliases'>,
  functionName: string,
  versions: readonly string[],
): Promise<readonly string[]> {
  if (versions.length === 0) return [];
  const aliases = await deps.listAliases(functionName);
  const used = new Set(
    aliases.flatMap(({ version, additionalVersions }) => [version, ...additionalVersions]),
  );
  return versions.filter((version) => used.has(version));
}
