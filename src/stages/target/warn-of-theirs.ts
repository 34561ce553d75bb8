import type { Setting } from '../../contract/shared/warnings/facts.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { toWarning } from '../../words/warnings/warning.ts';

/** Says which settings somebody else changed during the run, and that they were left alone. */
export function warnOfTheirs(settings: readonly Setting[]): Warning[] {
  return settings.length === 0 ? [] : [toWarning({ code: 'changed-by-somebody-else', settings })];
}
