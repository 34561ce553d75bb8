import { MAX_PEER_INVOCATIONS } from '../../contract/shared/memory.ts';

/** What separates the rounds of a run: more than a round has invocations. */
const STEP = 10_000;

/** Rounds of a run, and measurements of a check, at most: what is beyond is no index. */
const MOST_ROUNDS = 99;

export const MOST_INDEX = STEP * (MOST_ROUNDS + 1) - 1;

/**
 * Returns the `{{index}}` of an invocation: a number that no other invocation of the run has. That of the
 * trial is 0.
 *
 * @param index into the schedule of the round; at most {@link MAX_PEER_INVOCATIONS}, and then there is one round
 */
export function invocationIndex(round: number, index: number): number {
  return STEP * round + Math.min(index, MAX_PEER_INVOCATIONS) + 1;
}
