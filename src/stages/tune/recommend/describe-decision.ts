import type { Result } from '../../../contract/tune/result.ts';
import type { Recommendation } from '../../../core/recommend/recommendation.ts';
import { toAdvice } from '../../../words/advice/advice.ts';
import { recommendationText } from '../../../words/tune/recommendation.ts';

/** What a result says of the decision, but for its sizes and warnings. */
export type DecisionPart = Pick<
  Result,
  | 'verdict'
  | 'recommendation'
  | 'confidence'
  | 'timeout'
  | 'more'
  | 'monthly'
  | 'curve'
  | 'drift'
  | 'history'
  | 'advice'
>;

export function describeDecision(
  judged: Extract<Recommendation, { readonly kind: 'recommended' }>,
): DecisionPart {
  const { verdict, memoryMb, timeout, confidence, more, monthly, curve, drift, history } = judged;
  const sentence = recommendationText(judged.facts);
  return {
    recommendation: { sentence, memoryMb, timeoutSeconds: timeout.recommendedSeconds },
    verdict,
    confidence,
    timeout,
    more,
    monthly,
    curve,
    drift,
    history,
    ...(judged.advice.length === 0 ? {} : { advice: judged.advice.map(toAdvice) }),
  };
}
