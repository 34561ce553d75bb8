import type { SizeOutcome } from '../../contract/tune/size-result.ts';

/** What became of a size, for people. */
export const OUTCOME_WORDS: Readonly<Record<SizeOutcome, string>> = {
  measured: 'measured',
  'out-of-memory': 'out of memory',
  timeout: 'timed out',
  failed: 'failed',
  refused: 'refused',
};
