import type { CheckConfig } from '../../contract/check/check-config.ts';
import { entryName } from '../../core/compare/checked-name.ts';

/** Tells which names several functions of a configuration have: they would share a baseline, and their rules. */
export function findSharedNames({ functions = [] }: CheckConfig): readonly string[] {
  const names = functions.map(entryName);
  return [...new Set(names)].flatMap((name) => {
    const count = names.filter((each) => each === name).length;
    return count < 2
      ? []
      : [`functions: ${JSON.stringify(name)} is the name of ${count} entries; give each a "name"`];
  });
}
