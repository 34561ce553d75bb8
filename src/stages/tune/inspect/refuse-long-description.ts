import type { Run } from '../../../contract/tune/state.ts';
import type { Target } from '../../../contract/tune/target.ts';
import { MAX_DESCRIPTION_LENGTH, writeJournal } from '../../../core/journal/journal.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

/** The journal must fit in front of the description, or the target could not be put back from itself. */
export function refuseLongDescription(target: Target, run: Run, until: string): void {
  const settings = { memoryMb: 10_240, timeoutSeconds: 900, systemLogLevel: target.systemLogLevel };
  const journal = {
    purpose: 'apply' as const,
    run: run.id,
    serial: 9999,
    set: settings,
    was: settings,
    until,
  };
  const length = writeJournal({ ...journal, description: target.description }).length;
  if (length > MAX_DESCRIPTION_LENGTH) {
    const room = target.description.length - (length - MAX_DESCRIPTION_LENGTH);
    throw toRefusal({
      code: 'description-too-long',
      function: target.functionArn,
      named: target.functionName,
      descriptionLength: target.description.length,
      mostLength: room,
      allowedLength: MAX_DESCRIPTION_LENGTH,
    });
  }
}
