import type { Deps } from '../../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';

/** AWS allows 15 control-plane calls a second for the whole account: once a second is enough in the end. */
const POLL_MS = 1000;
/** Most updates take about a second, and each size waits for one: at most a fifth of it is lost. */
const FIRST_POLLS_MS = [100, 150, 200, 200, 200, 250, 300, 400, 500] as const;

/**
 * Reads $LATEST until no update of it is in progress; `null` when that takes longer than `withinMs`.
 *
 * An update that failed is at rest as well, and the next one is accepted: whoever puts back sends theirs,
 * whoever needs what the last one was to bring asks `refuseFailedUpdate`.
 */
export async function settleUpdate(
  deps: Pick<Deps, 'readConfiguration' | 'now' | 'sleep'>,
  functionName: string,
  withinMs: number,
): Promise<FunctionConfiguration | null> {
  const deadline = deps.now() + withinMs;
  for (let poll = 0; ; poll++) {
    const found = await deps.readConfiguration({ functionName });
    if (found.lastUpdateStatus !== 'InProgress') {
      return found;
    }
    const waitMs = FIRST_POLLS_MS[poll] ?? POLL_MS;
    if (deps.now() + waitMs > deadline) {
      return null;
    }
    await deps.sleep(waitMs);
  }
}
