import type { Deps } from '../../../contract/shared/deps.ts';
import type { Warning } from '../../../contract/tune/state.ts';
import type { Trigger } from '../../../contract/shared/trigger.ts';

export interface SeenTriggers {
  readonly triggers: readonly Trigger[];
  readonly warnings: readonly Warning[];
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
  const warnings: Warning[] = [];
  const noticing = triggers.filter((trigger) => trigger.unqualified);
  if (noticing.length > 0) {
    const who = [...new Set(noticing.map((trigger) => trigger.source))].join(', ');
    warnings.push({
      code: 'unqualified-triggers',
      message: `${who} may call the function without a version or alias: for the seconds in which versions are published they meet another memory size, and its environments are started anew.`,
    });
  }
  if (unread.length > 0) {
    warnings.push({
      code: 'triggers-not-read',
      message: `What triggers the function is known in part only; not read: ${unread.join('; ')}.`,
    });
  }
  return {
    triggers,
    warnings,
    calledUnqualified: noticing.length > 0 || latestUnread,
    callers: [
      ...new Set(noticing.map(({ source, arn }) => (arn === null ? source : `${source} (${arn})`))),
    ],
  };
}
