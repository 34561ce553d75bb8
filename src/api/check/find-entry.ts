import type { CheckConfig, CheckConfigFunction } from '../../contract/check/check-config.ts';
import { findEntries, entryName } from '../../core/compare/checked-name.ts';
import { UsageError } from '../shared/usage-error.ts';

/**
 * Returns the configuration's entry for a function that somebody names: by its name, its ARN, with or without
 * a qualifier. `undefined` where it has none.
 *
 * @throws {UsageError} where it has several
 */
export function findEntry(config: CheckConfig, name: string): CheckConfigFunction | undefined {
  const found = findEntries(config.functions ?? [], name);
  if (found.length < 2) return found[0];
  throw new UsageError([
    `${name}: the configuration has ${found.length} entries for it; wanted one of ${found.map(entryName).join(', ')}`,
  ]);
}
