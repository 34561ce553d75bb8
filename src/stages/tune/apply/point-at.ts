import type { AliasConfiguration } from '../../../contract/shared/deps.ts';
import type { Target } from '../../../contract/tune/target.ts';
import { attempt } from '../../target/attempt.ts';
import type { ApplyDeps } from './step.ts';
import type { AliasNow } from '../../../words/refusals/run-refusals.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

type Alias = NonNullable<Target['alias']>;
type PointDeps = Pick<ApplyDeps, 'listAliases' | 'pointAlias' | 'createAlias' | 'sleep'>;

/**
 * Points the alias at the version, if it still is as the run found it. One that did not exist is made, in
 * the one call that also points it: like pointing, this has happened or it has not.
 */
export async function pointAt(
  target: Target,
  alias: Alias,
  version: string,
  deps: PointDeps,
): Promise<void> {
  const { functionName } = target;
  const { name, revisionId } = alias;
  await attempt(
    deps,
    async () => {
      if (revisionId === null) await deps.createAlias({ functionName, name, version });
      else await deps.pointAlias({ functionName, name, version, revisionId });
      return 'pointed' as const;
    },
    async () => {
      // It may have been pointed or made all the same.
      const now = await find(target, name, deps);
      // Where its concurrency is provisioned, AWS lets it share with the version before until that is moved.
      const shares = now?.additionalVersions ?? [];
      if (now?.version === version && shares.every((each) => each === alias.version)) {
        return 'pointed';
      }
      refuseMoved(target, alias, now);
      return null;
    },
  );
}

/**
 * Sees that nobody moved the alias since the run began: where it points is the user's decision, and a
 * newer one than the run's input.
 *
 * @throws {PowerdialError} TargetChanged
 */
export async function refuseMovedAlias(
  target: Target,
  alias: Alias,
  deps: Pick<ApplyDeps, 'listAliases'>,
): Promise<void> {
  refuseMoved(target, alias, await find(target, alias.name, deps));
}

function refuseMoved(
  { functionName }: Target,
  alias: Alias,
  now: AliasConfiguration | undefined,
): void {
  if ((now?.revisionId ?? null) === alias.revisionId) {
    return;
  }
  throw toRefusal({
    code: 'alias-moved',
    function: functionName,
    alias: alias.name,
    wasVersion: alias.version,
    now: nowOf(alias, now),
  });
}

function nowOf(alias: Alias, now: AliasConfiguration | undefined): AliasNow {
  if (now === undefined) return { kind: 'gone' };
  if (now.additionalVersions.length > 0) return { kind: 'shares-traffic' };
  return now.version === alias.version
    ? { kind: 'changed' }
    : { kind: 'elsewhere', version: now.version };
}

async function find(
  { functionName }: Target,
  name: string,
  deps: Pick<ApplyDeps, 'listAliases'>,
): Promise<AliasConfiguration | undefined> {
  return (await deps.listAliases(functionName)).find((each) => each.name === name);
}
