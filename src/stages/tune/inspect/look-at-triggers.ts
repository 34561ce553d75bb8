import type { Deps } from '../../../contract/shared/deps.ts';
import type { WarningFacts } from '../../../contract/shared/warnings/warning.ts';
import type { Trigger } from '../../../contract/shared/trigger.ts';

export interface SeenTriggers {
  readonly triggers: readonly Trigger[];
  readonly warnings: readonly WarningFacts[];
  /** Whether anything may call $LATEST, as far as that could be read; true where it could not. */
  readonly calledUnqualified: boolean;
  /** Who does, for people: what each is and its ARN or address. */
  readonly callers: readonly string[];
}

/**
 * Reads what triggers the target, says what could not be read, and says who will notice that $LATEST is
 * another one for the seconds in which versions are published.
 */
export async function lookAtTriggers(
  deps: Pick<Deps, 'readTriggers'>,
  functionName: string,
  aliases: readonly string[],
): Promise<SeenTriggers> {
  const { triggers, unread, latestUnread } = await deps.readTriggers(functionName, aliases);
  const warnings: WarningFacts[] = [];
  const noticing = triggers.filter((trigger) => trigger.unqualified);
  if (noticing.length > 0) {
    const sources = [...new Set(noticing.map((trigger) => trigger.source))];
    warnings.push({ code: 'unqualified-triggers', sources });
  }
  if (unread.length > 0) warnings.push({ code: 'triggers-not-read', unread });
  return {
    triggers,
    warnings,
    calledUnqualified: noticing.length > 0 || latestUnread,
    callers: [
      ...new Set(noticing.map(({ source, arn }) => (arn === null ? source : `${source} (${arn})`))),
    ],
  };
}
