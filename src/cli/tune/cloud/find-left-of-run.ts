import type { Deps } from '../../../contract/shared/deps.ts';
import { readJournal } from '../../../core/journal/journal.ts';
import { versionsOfRun } from '../../../core/journal/version-mark.ts';

export type LeftOfRunDeps = Pick<Deps, 'readConfiguration' | 'listVersions' | 'listAliases'>;

/** What a run has left on a function. */
export interface LeftOfRun {
  /** Whether $LATEST still carries its journal. */
  readonly journal: boolean;
  /** Versions that the run published and nobody uses. */
  readonly versions: readonly string[];
  /** Versions that it published and an alias points at by now: they stay. */
  readonly inUse: readonly string[];
}

/** Looks what a run has left on a function, from the function alone. */
export async function findLeftOfRun(
  deps: LeftOfRunDeps,
  functionName: string,
  run: string,
): Promise<LeftOfRun> {
  const found = await deps.readConfiguration({ functionName });
  const own = versionsOfRun(run, await deps.listVersions(functionName));
  // Aliases are read only where a version of the run is left, which is seldom.
  const aliases = own.length === 0 ? [] : await deps.listAliases(functionName);
  const used = new Set(
    aliases.flatMap(({ version, additionalVersions }) => [version, ...additionalVersions]),
  );
  const numbers = own.map(({ version }) => version);
  return {
    journal: readJournal(found.description)?.run === run,
    versions: numbers.filter((version) => !used.has(version)),
    inUse: numbers.filter((version) => used.has(version)),
  };
}
