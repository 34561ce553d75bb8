import type { Round, Run } from '../../contract/tune/state.ts';
import type { Target } from '../../contract/tune/target.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import { versionsOfRound } from '../../core/measure/schedule.ts';

/** What an embedded run claims beyond the worst case of its round, so that a slow clean-up fits in. */
const MARGIN_SECONDS = 600;

/** How long publishing one version may take: an update, a version, their waits. */
const PUBLISH_SECONDS = 30;

/** How long plain versions may be pending, all at the same time. */
const PENDING_SECONDS = 5 * 60;

/**
 * How long a version with SnapStart may be pending, each for itself: the waiter of AWS's SDKs gives up after
 * 26 minutes (PublishedVersionActive, Lambda API model).
 */
const SNAPSHOT_SECONDS = 30 * 60;

/**
 * Until when a run says that it lives, for its journals and marks: an execution as long as the workflow
 * may last, because whether it still runs can be asked; an embedded run only as long as its round can
 * take, because after a crash nobody can be asked and the target waits that long.
 */
export function leaseUntil(
  run: Run,
  input: SettledInput,
  target: LeasedTarget,
  round: Round,
  nowMs: number,
  maxRunSeconds: number,
): string {
  const endMs = Date.parse(run.startedAt) + maxRunSeconds * 1000;
  if (!isEmbedded(run)) {
    return toMinute(endMs);
  }
  const worstMs = (worstCaseSeconds(input, target, round) + MARGIN_SECONDS) * 1000;
  return toMinute(Math.min(endMs, nowMs + worstMs));
}

type LeasedTarget = Pick<Target, 'snapStart'>;

/**
 * Tells how long a round can take when every invocation runs into its timeout, and every version takes its
 * time.
 */
export function worstCaseSeconds(input: SettledInput, target: LeasedTarget, round: Round): number {
  const invocations = round.sizes.reduce((sum, { warm, cold }) => sum + warm + cold, 0);
  const secondsEach = input.measureTimeoutSeconds + input.pauseMs / 1000;
  const measuring = Math.ceil(invocations / input.concurrency) * secondsEach;
  const versions = versionsOfRound(round.sizes, input.concurrency);
  const longest = longestPendingSeconds(target);
  const pending = target.snapStart ? versions * longest : longest;
  return measuring + versions * PUBLISH_SECONDS + pending;
}

/** Tells how long a run waits for a version that is pending before its size is given up. */
export function longestPendingSeconds({ snapStart }: LeasedTarget): number {
  return snapStart ? SNAPSHOT_SECONDS : PENDING_SECONDS;
}

/** Tells whether the run is played by the command and not by Step Functions. */
export function isEmbedded(run: Run): boolean {
  return !run.executionArn.startsWith('arn:');
}

/** Returns the next full minute, as journals and marks write it. */
export function toMinute(ms: number): string {
  const minute = Math.ceil(ms / 60_000) * 60_000;
  return `${new Date(minute).toISOString().slice(0, 16)}Z`;
}
