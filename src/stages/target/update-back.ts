import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import { writeJournal, type Journal } from '../../core/journal/journal.ts';
import type { WayBack } from '../../core/journal/way-back.ts';
import { hasFailedUpdate } from './failed-update.ts';

/** The last update that was sent from here, and the journal that it was made from. */
export interface Sent {
  readonly journal: Journal;
  readonly description: string;
  /** Whether Lambda accepted the update. */
  readonly accepted: boolean;
}

/** Returns the journal that an update of ours was to take away, where that update failed and is shown. */
export function hiddenJournal(found: FunctionConfiguration, sent: Sent | null): Journal | null {
  const shown = sent !== null && hasFailedUpdate(found) && found.description === sent.description;
  return shown ? sent.journal : null;
}

/**
 * Tells what the next update sets. After one that failed it names every setting, because what it leaves out
 * could come from what is shown or from what is in effect.
 */
export function updateBack(
  found: FunctionConfiguration,
  journal: Journal,
  change: WayBack['change'],
  keepsJournal: boolean,
): WayBack['change'] & { readonly description: string } {
  const description = keepsJournal ? writeJournal(journal) : journal.description;
  if (!hasFailedUpdate(found)) return { ...change, description };
  const { memoryMb, timeoutSeconds, systemLogLevel } = found;
  const level = journal.was.systemLogLevel === null ? null : systemLogLevel;
  return {
    memoryMb,
    timeoutSeconds,
    ...(level === null ? {} : { systemLogLevel: level }),
    ...change,
    description,
  };
}
