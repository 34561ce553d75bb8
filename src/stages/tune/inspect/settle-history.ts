import type { Input } from '../../../contract/tune/input.ts';
import { isPeerInput } from '../../../contract/tune/peer-input.ts';
import { SET_BY_HISTORY, type SettledInput } from '../../../contract/tune/settled-input.ts';

/** Read in passing, where nobody asks for it. */
const IN_PASSING = { days: 14, maxUsd: 0.01 } as const;

/**
 * Tells what is read of production's logs: as the input says; without a word, two weeks on AWS, where they
 * cost less than a cent. An endpoint that somebody set is not AWS, and aws-lambda-power-tuning's input means
 * what it means there.
 *
 * @param raw the input as it came, before defaults
 */
export function settleHistory(
  { history }: Input,
  raw: unknown,
  isOnAws: boolean,
): NonNullable<SettledInput['history']> {
  if (history === false || isPeerInput(raw)) return false;
  if (history === undefined && !isOnAws) return false;
  const given = typeof raw === 'object' && raw !== null ? raw : {};
  return {
    ...(history ?? IN_PASSING),
    isAsked: history !== undefined,
    fills: SET_BY_HISTORY.filter((key) => !(key in given)),
  };
}
