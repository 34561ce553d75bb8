import { isAwsError } from '../contract/aws-error.ts';
import type { Deps } from '../contract/deps.ts';
import { versionsOfRun } from '../core/journal/version-mark.ts';

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

/** Deletes versions of a run, but for those that an alias points at and those that AWS does not delete yet. */
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
    const pending: string[] = [];
    const into = { deleted, 'in use': inUse, pending };
    for (const version of rest) {
      const fate = await deleteOne(deps, functionName, version);
      if (fate !== 'gone') into[fate].push(version);
    }
    const waitMs = POLLS_MS[poll] ?? 1000;
    if (pending.length === 0 || deps.now() + waitMs > deadlineMs)
      return { deleted, inUse, pending };
    await deps.sleep(waitMs);
    rest = pending;
  }
}

async function deleteOne(
  deps: Pick<Deps, 'deleteVersion' | 'listAliases'>,
  functionName: string,
  version: string,
): Promise<'deleted' | 'gone' | 'in use' | 'pending'> {
  try {
    await deps.deleteVersion({ functionName, version });
    return 'deleted';
  } catch (error) {
    if (isAwsError(error, 'not-found')) return 'gone';
    if (!isAwsError(error, 'conflict')) throw error;
    // An alias, or AWS is not done with the version: only the first is a reason to leave it.
    return (await hasAlias(deps, functionName, version)) ? 'in use' : 'pending';
  }
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
