import type { Warning } from '../../contract/tune/state.ts';

/** Says which settings somebody else changed during the run, and that they were left alone. */
export function theirsWarnings(theirs: readonly string[]): Warning[] {
  return theirs.length === 0
    ? []
    : [
        {
          code: 'changed-by-somebody-else',
          message: `The function's ${theirs.join(' and ')} changed during the run by somebody else's hand, and stayed.`,
        },
      ];
}
