import type { Result } from '../../contract/tune/result.ts';
import { adviceFacts } from '../advice/advice.ts';
import { currencyOf } from '../format/money.ts';
import { appliedText } from './applied.ts';
import { comparisonText } from './comparison.ts';
import { confidenceText } from './confidence.ts';
import { goalText } from './goal.ts';
import { spentText } from './spent.ts';
import { callersText, timeoutText } from './timeout.ts';
import { trafficText } from './traffic.ts';

export interface Fact {
  /** One lower-case word. */
  readonly label: string;
  /** One line, with users' text in it: plain, but not escaped for any markup. */
  readonly text: string;
}

/** Tells what there is to say about a result besides its table; what it is silent about is left out. */
export function facts(result: Result): readonly Fact[] {
  const all: readonly { readonly label: string; readonly text: string | null }[] = [
    { label: 'goal', text: goalText(result.input, currencyOf(result.target.region)) },
    { label: 'compared', text: comparisonText(result) },
    { label: 'confidence', text: confidenceText(result) },
    { label: 'timeout', text: timeoutText(result) },
    { label: 'callers', text: callersText(withoutAdvised(result)) },
    { label: 'traffic', text: trafficText(result) },
    ...adviceFacts(result),
    { label: 'spent', text: spentText(result) },
    { label: 'applied', text: appliedText(result) },
  ];
  return all.filter((fact): fact is Fact => fact.text !== null && fact.text !== '');
}

/** Advice says how long an API and a queue wait, and more. */
function withoutAdvised({ timeout, advice = [] }: Result): Result['timeout']['limits'] {
  const isAdvised = (wanted: string): boolean => advice.some(({ code }) => code === wanted);
  return timeout.limits.filter(
    ({ source }) =>
      !(source === 'apigateway' && isAdvised('api-wait')) &&
      !(source === 'sqs' && isAdvised('queue-visibility')),
  );
}
