import { PowerdialError } from '../../contract/errors.ts';
import type { AliasConfiguration } from '../../contract/deps.ts';
import type { Input } from '../../contract/input.ts';

/**
 * Refuses an alias that could not be pointed at the end, before anything is paid for: one that does not
 * exist, or that shares its traffic between versions because a deployment is under way.
 *
 * @throws {PowerdialError} InvalidInput
 */
export function refuseAlias(
  functionName: string,
  aliases: readonly AliasConfiguration[],
  apply: Input['apply'],
): void {
  const wanted = typeof apply === 'object' ? apply.alias : undefined;
  if (wanted === undefined) {
    return;
  }
  const found = aliases.find((alias) => alias.name === wanted);
  if (found === undefined) {
    const known = aliases.map((alias) => alias.name).join(', ');
    throw new PowerdialError(
      'InvalidInput',
      `apply.alias: wanted an alias of ${functionName}, there is none called "${wanted}" (${known === '' ? 'it has no alias' : `it has ${known}`})`,
    );
  }
  if (found.additionalVersions.length > 0) {
    throw new PowerdialError(
      'InvalidInput',
      `apply.alias: wanted an alias with one version, "${wanted}" shares its traffic with version ${found.additionalVersions.join(', ')}; finish that deployment first`,
    );
  }
}
