import type { Observation } from '../../contract/shared/observation.ts';
import type { ResultHistory, Traffic } from '../../contract/history/traffic.ts';
import type { Trigger } from '../../contract/shared/trigger.ts';
import type { AdviceFacts } from '../../contract/tune/advice.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import type { Confidence } from '../../contract/tune/confidence.ts';
import type {
  CurveResult,
  MonthlyFigures,
  MoreMeasuring,
  Verdict,
} from '../../contract/tune/result.ts';
import type { TimeoutResult } from '../../contract/tune/timeout-result.ts';
import type { Variant } from '../../contract/tune/publishing.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import type { Named } from '../advice/advise.ts';
import type { Capacity } from '../advice/concurrency-advice.ts';
import type { Prices } from '../cost/prices.ts';
import type { NoAnswer } from './no-answer.ts';
import type { RecommendationFacts } from './recommendation-facts.ts';
import type { JudgedSize } from './size-result.ts';

export interface RecommendRequest {
  readonly input: SettledInput;
  /** As the run found it. */
  readonly target: { readonly memoryMb: number; readonly timeoutSeconds: number };
  readonly variants: readonly Variant[];
  readonly observations: readonly Observation[];
  /** The trial invocation at the present size, where one was made. */
  readonly trial?: Observation | null;
  readonly prices: Prices;
  /** What the target costs at another size is not known: prices are not those that it pays. */
  readonly isNotPriced?: boolean;
  /** What a GB-second costs on demand and kept ready; left out where nothing of it is to be said. */
  readonly capacity?: Capacity;
  /** Whom alarms are for; left out where nothing is to be said of them. */
  readonly named?: Named;
  readonly ephemeralStorageMb: number;
  readonly seed: number;
  /** What Inspect found to trigger the target; none known by default. */
  readonly triggers?: readonly Trigger[];
  /** What production did; `null` or left out where nothing is known of it. */
  readonly traffic?: Traffic | null;
  /** Somebody ended the run before it was done: whatever it shows, nothing is decided. */
  readonly isInterrupted?: boolean;
}

/** An answer, or the reason why there is none. `sizes` ascend, and hold every size asked for or seen. */
export type Recommendation =
  | {
      readonly kind: 'recommended';
      readonly verdict: Verdict;
      readonly memoryMb: number;
      readonly timeout: TimeoutResult;
      readonly confidence: Confidence;
      readonly sizes: readonly JudgedSize[];
      readonly warnings: readonly WarningFacts[];
      readonly advice: readonly AdviceFacts[];
      /** What the recommendation's sentence is made of. */
      readonly facts: RecommendationFacts;
      readonly more: MoreMeasuring | null;
      readonly monthly: MonthlyFigures | null;
      readonly curve: CurveResult | null;
      readonly history: ResultHistory | null;
      readonly drift: { readonly swing: number } | null;
    }
  | NoAnswer;
