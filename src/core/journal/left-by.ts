import { readJournal } from './journal.ts';
import { versionsOfRun, type PublishedVersion } from './version-mark.ts';

/**
 * Tells whether anything of a run stands on a function: its journal, or a version under its mark. Where
 * neither does, a clean-up that knows the run's name alone finds nothing to do.
 */
export function isLeftBy(
  run: string,
  latest: { readonly description: string },
  versions: readonly PublishedVersion[],
): boolean {
  return readJournal(latest.description)?.run === run || versionsOfRun(run, versions).length > 0;
}
