import { ALARM_CODES } from '../../contract/tune/advice.ts';
import { PowerdialError } from '../../contract/shared/errors.ts';
import type { Input } from '../../contract/tune/input.ts';
import { parseInput } from '../../contract/tune/parse-input.ts';
import type { Result } from '../../contract/tune/result.ts';
import { recommend as judge } from '../../core/recommend/recommend.ts';
import { withFailures } from '../../core/recommend/with-failures.ts';
import {
  describeDecision,
  type DecisionPart,
} from '../../stages/tune/recommend/describe-decision.ts';
import { noAnswerText } from '../../words/tune/no-answer.ts';
import { toSizeResult } from '../../words/tune/size.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { UsageError } from '../shared/usage-error.ts';
import { observedOf } from './observed-of.ts';

const CHANGEABLE = [
  'goal',
  'limits',
  'timeout',
  'coldShare',
  'invocationsPerMonth',
  'invocationsPerSecond',
] as const;

/** What was measured, and what is wanted of it. What is left out is as the run had it. */
export interface RecommendRequest extends Partial<
  Pick<Input, Exclude<(typeof CHANGEABLE)[number], 'goal' | 'timeout'>>
> {
  /** A result of tune with its observations, as `tune` returns it or a file of `--out` holds it. */
  readonly result: Result;
  /** What the size is chosen for: `{ kind: 'best-value', tolerance: 0.1 }`. */
  readonly goal?: Partial<Input['goal']>;
  /** What the timeout must let through: `{ quantile: 0.999, confidence: 0.95, headroom: 1.5 }`. */
  readonly timeout?: Partial<Input['timeout']>;
}

/** What a result says of the decision; warnings are those about the decision alone. */
export type Recommended = DecisionPart & Pick<Result, 'input' | 'sizes' | 'warnings'>;

/**
 * Decides anew what to set, for another goal or under other limits, from what a run has measured. It measures
 * nothing and reads nothing. Production's logs are not in a result: what a run took from them beside
 * `coldShare` and `invocationsPerMonth` is left out, and `history` is `null`.
 *
 * @example
 * const { recommendation } = recommend({ result, goal: { kind: 'fastest' }, limits: { costUsdPerMillion: 2 } });
 *
 * @throws {UsageError} with every problem of the request
 * @throws {PowerdialError} NothingMeasured where no size can be recommended: none was measured, or none keeps
 *   to the limits
 */
export function recommend(request: RecommendRequest): Recommended {
  const observed = observedOf(request.result);
  const { result } = request;
  const input = { ...result.input, ...changesOf(request) };
  const judged = judge(observed(input));
  const failures = result.sizes.flatMap(({ memoryMb, failures: own = [] }) =>
    own.map((each) => ({ ...each, memoryMb })),
  );
  const sizes = withFailures(judged.sizes, failures);
  if (judged.kind !== 'recommended') {
    throw new PowerdialError('NothingMeasured', noAnswerText({ ...judged, sizes }));
  }
  const { advice, ...part } = describeDecision(judged);
  // Durations of this machine are no thresholds for a function on AWS.
  const fitting = advice?.filter(({ code }) => !result.emulated || !ALARM_CODES.includes(code));
  return {
    ...part,
    ...(fitting === undefined ? {} : { advice: fitting }),
    input,
    sizes: sizes.map(toSizeResult),
    warnings: judged.warnings.map(toWarning),
  };
}

/** Returns what is wanted otherwise than the run had it, with the defaults of what is new filled in. */
function changesOf(request: RecommendRequest): Partial<Pick<Input, (typeof CHANGEABLE)[number]>> {
  const { result, ...given } = request;
  const { goal, timeout } = result.input;
  const parsed = parseInput({
    function: result.target.function,
    ...given,
    ...(given.goal === undefined ? {} : { goal: { ...goal, ...given.goal } }),
    ...(given.timeout === undefined ? {} : { timeout: { ...timeout, ...given.timeout } }),
  });
  if (parsed.kind === 'invalid') throw new UsageError(parsed.problems);
  return Object.fromEntries(
    CHANGEABLE.filter((key) => given[key] !== undefined).map((key) => [key, parsed.input[key]]),
  );
}
