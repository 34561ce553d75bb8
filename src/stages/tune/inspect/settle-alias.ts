import type { AliasConfiguration } from '../../../contract/shared/deps.ts';
import type { Input } from '../../../contract/tune/input.ts';
import type { Target } from '../../../contract/tune/target.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

/**
 * Returns the alias to be pointed at the end, `null` where none is asked for. Refuses one that could not be,
 * before anything is paid for: one that shares its traffic between versions because a deployment is under
 * way, or that does not exist. Only the peer's input asks for one to be made: in ours it is a typing error.
 *
 * @throws {PowerdialError} InvalidInput
 */
export function settleAlias(
  functionName: string,
  aliases: readonly AliasConfiguration[],
  { apply, peer }: Pick<Input, 'apply' | 'peer'>,
): Target['alias'] {
  const wanted = typeof apply === 'object' ? apply.alias : undefined;
  if (wanted === undefined) {
    return null;
  }
  const found = aliases.find((alias) => alias.name === wanted);
  if (found === undefined && peer !== undefined) {
    return { name: wanted, version: null, revisionId: null };
  }
  if (found === undefined) {
    throw toRefusal({
      code: 'no-such-alias',
      function: functionName,
      alias: wanted,
      known: aliases.map((alias) => alias.name),
    });
  }
  if (found.additionalVersions.length > 0) {
    throw toRefusal({
      code: 'alias-shares-traffic',
      alias: wanted,
      versions: found.additionalVersions,
    });
  }
  return { name: found.name, version: found.version, revisionId: found.revisionId };
}
