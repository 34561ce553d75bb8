import type { AdviceFacts } from '../../contract/tune/advice.ts';
import type { Interval } from '../../contract/tune/interval.ts';
import type { ProvisionedRates } from '../cost/provisioned-prices.ts';
import { leastSeldomReached } from '../statistics/poisson.ts';
import { busyEnvironments, MONTH_SECONDS, type Occupation, type Rate } from './load.ts';

/** The share of the invocations that may find no environment. */
const SHARE = 0.001;
/**
 * An environment serves ten requests a second at most ("Lambda quotas", Lambda Developer Guide, 2026-11): with
 * invocations shorter than 100 ms this bounds the rate, and not how many are under way.
 */
const REQUESTS_PER_SECOND = 10;
/** A mapping of SQS throttles with less ("Using Lambda with Amazon SQS", 2026-11). */
const LEAST_OF_QUEUE = 5;

export interface Demand {
  readonly rate: Rate;
  readonly occupation: Occupation;
  readonly memoryMb: number;
  readonly hasQueue: boolean;
  readonly capacity: Capacity | null;
}

/** What a GB-second costs; `rates` are `null` where no source for them was found. */
export interface Capacity {
  readonly onDemandUsdPerGbSecond: number;
  readonly rates: ProvisionedRates | null;
}

/**
 * Tells how many environments a rate takes. Where invocations arrive by themselves, as many as are busy at an
 * arrival are Poisson distributed about Little's mean, whatever the durations (M/G/∞); with a limit of n the
 * share that is throttled is at most the probability of n or more (Erlang's loss is below it). The mean is
 * taken at the upper end of its interval.
 */
export function concurrencyAdvice(demand: Demand): readonly AdviceFacts[] {
  const { rate, occupation, hasQueue } = demand;
  const busy = busyEnvironments(rate.perSecond, occupation);
  if (busy === null) return [];
  const forLoad = Math.max(1, leastSeldomReached(busy.high, SHARE));
  const forRate = Math.ceil(leastSeldomReached(rate.perSecond, SHARE) / REQUESTS_PER_SECOND);
  const executions = Math.max(forLoad, forRate);
  const terms = { invocationsPerSecond: rate.perSecond, basis: rate.basis, busy, share: SHARE };
  return [
    {
      code: 'reserved-concurrency',
      ...terms,
      executions: hasQueue ? Math.max(executions, LEAST_OF_QUEUE) : executions,
      bound:
        hasQueue && executions < LEAST_OF_QUEUE ? 'queue' : forRate > forLoad ? 'rate' : 'load',
    },
    {
      code: 'provisioned-concurrency',
      ...terms,
      memoryMb: demand.memoryMb,
      executions,
      use: busy.estimate / executions,
      ...priceOf(demand, busy, executions),
    },
  ];
}

interface Price {
  readonly breakEvenUse: number | null;
  readonly payingExecutions: number | null;
  readonly usdPerMonth: {
    readonly held: number;
    readonly all: number;
    readonly onDemand: number;
  } | null;
}

/** At that rate all month long; what overflows and the price of requests are the same for both. */
function priceOf({ capacity, memoryMb }: Demand, busy: Interval, executions: number): Price {
  if (capacity?.rates === null || capacity === null) {
    return { breakEvenUse: null, payingExecutions: null, usdPerMonth: null };
  }
  const { heldUsdPerGbSecond, usdPerGbSecond } = capacity.rates;
  const breakEvenUse = heldUsdPerGbSecond / (capacity.onDemandUsdPerGbSecond - usdPerGbSecond);
  const gbSeconds = (memoryMb / 1024) * MONTH_SECONDS;
  const held = executions * gbSeconds * heldUsdPerGbSecond;
  return {
    breakEvenUse,
    payingExecutions: payingExecutions(busy.estimate, breakEvenUse, executions),
    usdPerMonth: {
      held,
      all: held + busy.estimate * gbSeconds * usdPerGbSecond,
      onDemand: busy.estimate * gbSeconds * capacity.onDemandUsdPerGbSecond,
    },
  };
}

/**
 * Returns how many of the environments are used more than they have to be to pay. The use of the k-th is what
 * it takes off the load that k − 1 let pass: busy × (B(k − 1) − B(k)), with Erlang's loss B by its recursion.
 */
function payingExecutions(busy: number, breakEvenUse: number, most: number): number {
  let lossBefore = 1;
  for (let k = 1; k <= most; k += 1) {
    const loss = (busy * lossBefore) / (k + busy * lossBefore);
    if (busy * (lossBefore - loss) < breakEvenUse) return k - 1;
    lossBefore = loss;
  }
  return most;
}
