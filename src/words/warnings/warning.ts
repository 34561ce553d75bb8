import type { Warning, WarningFacts, WARNINGS } from '../../contract/shared/warnings/warning.ts';
import { withOrdinarySpaces } from '../spaces.ts';
import { CHECK_SENTENCES } from './check-sentences.ts';
import { PAYLOAD_SENTENCES } from './payload-sentences.ts';
import { RECOMMENDATION_SENTENCES } from './recommendation-sentences.ts';
import type { Sentences } from './sentences.ts';
import { TARGET_SENTENCES } from './target-sentences.ts';

const SENTENCES: Sentences<typeof WARNINGS> = {
  ...TARGET_SENTENCES,
  ...RECOMMENDATION_SENTENCES,
  ...CHECK_SENTENCES,
  ...PAYLOAD_SENTENCES,
};

/**
 * Puts a warning into words, beside its facts.
 *
 * @example
 * toWarning({ code: 'lost-observations', count: 1 }).message;
 * // '1 invocation may have run, but no platform log was found: it is in no figure.'
 */
export function toWarning(facts: WarningFacts): Warning {
  const { code, ...rest } = facts;
  // Each sentence reads the facts of its own code, which the table's type holds row by row.
  const sentence = SENTENCES[code] as (facts: WarningFacts) => string;
  return { code, message: withOrdinarySpaces(sentence(facts)), ...rest };
}
