import type { Deps } from '../../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import { readJournal } from '../../core/journal/journal.ts';
import { readVersionMark, versionsOfRun } from '../../core/journal/version-mark.ts';

export type FindLeftRunsDeps = Pick<Deps, 'readConfiguration' | 'listVersions'>;

/** A run that has left something on a function. */
export interface LeftRun {
  readonly run: string;
  /** Until when it said that it lives. ISO 8601, to the minute, UTC. */
  readonly until: string;
  /** Whether $LATEST carries its journal. */
  readonly journal: boolean;
  readonly versions: readonly string[];
}

export interface LeftRuns {
  /** $LATEST as it is. */
  readonly found: FunctionConfiguration;
  /** The one of the journal first: it has to be put back before anything else. */
  readonly runs: readonly LeftRun[];
}

/** Finds the runs that left something on a function: by the journal, and by the marks of versions. */
export async function findLeftRuns(
  deps: FindLeftRunsDeps,
  functionName: string,
): Promise<LeftRuns> {
  const found = await deps.readConfiguration({ functionName });
  const versions = await deps.listVersions(functionName);
  const journal = readJournal(found.description);
  const untils = new Map<string, string>();
  const claim = (run: string, until: string): void => {
    // A run says anew until when it lives with every update: the last word counts.
    if (until > (untils.get(run) ?? '')) untils.set(run, until);
  };
  if (journal !== null) claim(journal.run, journal.until);
  for (const { description } of versions) {
    const mark = readVersionMark(description);
    if (mark !== null) claim(mark.run, mark.until);
  }
  const runs = [...untils].map(([run, until]) => ({
    run,
    until,
    journal: journal?.run === run,
    versions: versionsOfRun(run, versions).map(({ version }) => version),
  }));
  return { found, runs: runs.filter(({ journal, versions }) => journal || versions.length > 0) };
}
