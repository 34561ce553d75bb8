import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { Deps } from '../../../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { Publishing, Variant } from '../../../contract/tune/publishing.ts';
import type { Target } from '../../../contract/tune/target.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { longestPendingSeconds } from '../../target/lease.ts';
import { refuseVariant, toVariant } from '../../target/to-variant.ts';
import { waitSeconds } from '../../target/wait-seconds.ts';

type AwaitDeps = Pick<Deps, 'readConfiguration' | 'now' | 'sleep'>;

/** A plain version is active in a second or two; one with SnapStart takes minutes, which only the workflow waits. */
const PATIENCE_MS = 10_000;

const POLL_MS = 1000;
const FIRST_POLLS_MS = [100, 200, 200, 300, 300, 400, 500] as const;

/**
 * Sees the versions that are pending become active: for a moment here, for longer by the workflow's Wait.
 * A version that fails, or is pending for longer than AWS ever takes, is the end of its size, with the reason.
 *
 * @param lookUntilMs no further version is read after this
 */
export async function awaitVersions(
  publishing: Publishing,
  target: Target,
  deps: AwaitDeps,
  lookUntilMs: number,
): Promise<Publishing> {
  const looked = await look(publishing.variants, target, deps, lookUntilMs);
  const sinceMs = publishing.pendingSinceMs ?? deps.now();
  const longest = longestPendingSeconds(target);
  const tooLong = deps.now() - sinceMs > longest * 1000;
  const variants = tooLong ? looked.map((each) => giveUp(each, longest)) : looked;
  const refused = new Set(
    variants.filter(({ outcome }) => outcome === 'refused').map(({ memoryMb }) => memoryMb),
  );
  const next = {
    ...publishing,
    variants: [...variants],
    // A size that was refused is not asked for again.
    pending: publishing.pending.filter((memoryMb) => !refused.has(memoryMb)),
  };
  if (variants.some(({ outcome }) => outcome === 'pending')) {
    return { ...countWait(next), pendingSinceMs: sinceMs };
  }
  return next.heldUp
    ? { ...countWait(next), pendingSinceMs: null, heldUp: false }
    : { ...next, pendingSinceMs: null, waitSeconds: 0, waited: 0 };
}

function countWait(publishing: Publishing): Publishing {
  const { waited, waits } = publishing;
  return {
    ...publishing,
    waitSeconds: waitSeconds(waited),
    waited: waited + 1,
    waits: waits + 1,
  };
}

/** Reads the pending versions one after the other: while one is waited for, the others get ready as well. */
async function look(
  variants: readonly Variant[],
  target: Target,
  deps: AwaitDeps,
  lookUntilMs: number,
): Promise<readonly Variant[]> {
  const patienceMs = target.snapStart ? 0 : PATIENCE_MS;
  const deadlineMs = Math.min(lookUntilMs, deps.now() + patienceMs);
  const looked: Variant[] = [];
  let poll = 0;
  for (const variant of variants) {
    let now = variant;
    while (now.outcome === 'pending' && deps.now() <= lookUntilMs) {
      now = toVariant(variant.memoryMb, await read(target, variant, deps));
      const waitMs = FIRST_POLLS_MS[poll] ?? POLL_MS;
      if (now.outcome !== 'pending' || deps.now() + waitMs > deadlineMs) break;
      poll += 1;
      await deps.sleep(waitMs);
    }
    looked.push(now);
  }
  return looked;
}

async function read(
  { functionName }: Target,
  { memoryMb, version }: Variant,
  deps: AwaitDeps,
): Promise<FunctionConfiguration> {
  try {
    return await deps.readConfiguration({ functionName, qualifier: version ?? '' });
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
    throw toRefusal(
      {
        code: 'version-gone-while-pending',
        function: functionName,
        memoryMb,
        version: version ?? '',
      },
      error,
    );
  }
}

function giveUp(variant: Variant, longestSeconds: number): Variant {
  if (variant.outcome !== 'pending') return variant;
  return refuseVariant(variant.memoryMb, {
    code: 'version-still-pending',
    version: variant.version ?? '',
    waitedMinutes: longestSeconds / 60,
  });
}
