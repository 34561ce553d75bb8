import type { Architecture } from '../../contract/shared/function-configuration.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import type { Prices } from './prices.ts';
import { provisionedRatesOf } from './provisioned-prices.ts';

/** Lambda's month: 730 hours. */
const MONTH_SECONDS = 730 * 3600;

/** At which prices the traffic of a target runs. */
export type Tariff =
  | { readonly kind: 'on-demand'; readonly prices: Prices }
  /** Environments are kept ready for it, and paid for with every invocation that they serve. */
  | { readonly kind: 'provisioned'; readonly prices: Prices; readonly executions: number }
  /** They are, and what that comes to for an invocation is not known: `prices` are those on demand. */
  | {
      readonly kind: 'not-priced';
      readonly prices: Prices;
      readonly executions: number;
      readonly missing: 'traffic' | 'rates';
    };

/**
 * Returns the tariff of a target. What is kept ready costs its memory whether it is used or not, so that its
 * share of an invocation follows from how many there are in a month. All of them are taken to be served by
 * it.
 *
 * @param executions provisioned concurrency of all aliases and versions; `null` where it may not be read
 */
export function tariffOf(
  prices: Prices,
  target: {
    readonly region: string;
    readonly architecture: Architecture;
    readonly provisioned: number | null;
  },
  invocationsPerMonth: number | undefined,
): Tariff {
  const executions = target.provisioned ?? 0;
  if (executions === 0) return { kind: 'on-demand', prices };
  const rates = provisionedRatesOf(target.region, target.architecture);
  if (rates === null) return { kind: 'not-priced', prices, executions, missing: 'rates' };
  if (invocationsPerMonth === undefined || invocationsPerMonth === 0) {
    return { kind: 'not-priced', prices, executions, missing: 'traffic' };
  }
  const heldSeconds = (executions * MONTH_SECONDS) / invocationsPerMonth;
  return {
    kind: 'provisioned',
    executions,
    prices: {
      ...prices,
      usdPerGbSecond: rates.usdPerGbSecond,
      usdPerGb: heldSeconds * rates.heldUsdPerGbSecond,
    },
  };
}

/** Tells whether what is kept ready is in the costs. */
export function tariffWarnings(tariff: Tariff, invocationsPerMonth = 0): readonly WarningFacts[] {
  switch (tariff.kind) {
    case 'on-demand':
      return [];
    case 'provisioned':
      return [{ code: 'provisioned-priced', executions: tariff.executions, invocationsPerMonth }];
    case 'not-priced': {
      const { executions, missing } = tariff;
      return [{ code: 'provisioned-not-priced', executions, missing }];
    }
  }
}
