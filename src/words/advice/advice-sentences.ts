import type { AdviceCode, AdviceFactsOf } from '../../contract/tune/advice.ts';

/** One sentence for each code of advice. */
export type AdviceSentences = {
  readonly [Code in AdviceCode]: (facts: AdviceFactsOf<Code>) => string;
};
