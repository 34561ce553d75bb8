import type { AdviceFactsOf } from '../../contract/tune/advice.ts';
import { decimalsFor, fixedText } from '../format/rounding.ts';
import { amountText } from '../format/money.ts';
import { percentText } from '../format/percent.ts';
import type { AdviceSentences } from './advice-sentences.ts';

/** What the rate of invocations takes. */
export const CONCURRENCY_SENTENCES = {
  'reserved-concurrency': reservedText,
  'provisioned-concurrency': provisionedText,
} as const satisfies Partial<AdviceSentences>;

type Demand = AdviceFactsOf<'reserved-concurrency'> | AdviceFactsOf<'provisioned-concurrency'>;

/** As many digits as the interval permits. */
function numberText(value: number, uncertainty: number): string {
  return fixedText(value, decimalsFor(value, uncertainty, 2));
}

/** Three digits at most: 50 and not 50.0. */
function rateText(value: number): string {
  return fixedText(value, decimalsFor(value, null, 3)).replace(/\.0+$/, '');
}

function loadText({ invocationsPerSecond, basis, busy }: Demand): string {
  const { estimate, low, high } = busy;
  const reach = (high - low) / 2;
  const range = `${numberText(low, reach)}–${numberText(high, reach)}`;
  const mean = basis === 'month' ? ' (the mean of your traffic)' : '';
  return `At ${rateText(invocationsPerSecond)} invocations a second${mean} ${numberText(estimate, reach)} environments are busy on average (${range})`;
}

const PEAKS =
  ' Peaks take more: name the rate of your busiest time (invocationsPerSecond, --rate).';

const BOUND = {
  load: '',
  rate: ' (an environment serves 10 requests a second at most)',
  queue: ' (the least that the mapping of a queue takes)',
} as const;

function reservedText(facts: AdviceFactsOf<'reserved-concurrency'>): string {
  const { executions, share, bound, basis } = facts;
  return `${loadText(facts)}: a reserved concurrency of ${fixedText(executions, 0)}${BOUND[bound]} throttles at most ${percentText(share)} of the invocations.${basis === 'month' ? PEAKS : ''}`;
}

function provisionedText(facts: AdviceFactsOf<'provisioned-concurrency'>): string {
  const { executions, share, use, breakEvenUse, payingExecutions, usdPerMonth } = facts;
  const kept = `A provisioned concurrency of ${fixedText(executions, 0)}, of a version or an alias, leaves at most ${percentText(share)} without an environment that is ready, and is ${percentText(use)} in use`;
  if (breakEvenUse === null || payingExecutions === null || usdPerMonth === null) {
    return `${kept}. What it costs is not known: no source for its rates here was found.`;
  }
  const usd = (amount: number): string => amountText(amount, 'USD');
  const price = `At that rate all month it costs ${usd(usdPerMonth.all)} (${usd(usdPerMonth.held)} of it whether it is used or not) in place of ${usd(usdPerMonth.onDemand)} on demand`;
  const pays =
    payingExecutions === 0
      ? 'none would pay'
      : `${fixedText(payingExecutions, 0)} of them would pay`;
  return `${kept}. ${price}: it pays from a use of ${percentText(breakEvenUse)} on, and ${pays}.`;
}
