import type { Run } from '../../../contract/tune/state.ts';
import type { Target } from '../../../contract/tune/target.ts';
import type { SettledInput } from '../../../contract/tune/settled-input.ts';
import type { Prices } from '../../../core/cost/prices.ts';
import {
  historyEvents,
  MAX_HISTORY_EVENTS,
  mostVersions,
} from '../../../core/measure/execution-events.ts';
import { mostUsd } from '../../../core/measure/spending.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { isEmbedded } from '../../target/lease.ts';

/**
 * How often the workflow looks at a version: with SnapStart at once and for 30 minutes, with waits of up to
 * 50 s. Plain ones are waited for together, their updates one by one.
 */
const SNAP_START_WAITS = 41;
const OTHER_WAITS = 2;

/**
 * Refuses a plan that Step Functions would end half-way, before it starts.
 *
 * @throws {PowerdialError} InvalidInput with the setting that fits
 */
export function refuseLongHistory(
  run: Run,
  input: SettledInput,
  target: Target,
  prices: Prices,
  plan: {
    readonly memorySizes: readonly number[];
    readonly mostVersions: number;
    readonly mostInvocations: number;
  },
): void {
  if (isEmbedded(run)) return;
  const waits = target.snapStart ? SNAP_START_WAITS : OTHER_WAITS;
  if (plan.mostVersions > mostVersions(waits)) {
    throw toRefusal({
      code: 'too-many-versions',
      coldStarts: input.coldStarts,
      concurrency: input.concurrency,
      versions: plan.mostVersions,
      mostVersions: mostVersions(waits),
      mostEvents: MAX_HISTORY_EVENTS,
    });
  }
  const terms = {
    prices,
    ephemeralStorageMb: target.ephemeralStorageMb,
    timeoutSeconds: input.measureTimeoutSeconds,
  };
  const worstUsd = mostUsd(Math.max(...plan.memorySizes), terms);
  const events = (perSlice: number): number =>
    historyEvents({
      versions: plan.mostVersions,
      invocations: plan.mostInvocations,
      perSlice,
      waits,
    });
  const perSlice = Math.floor(input.maxUsd / worstUsd);
  if (events(perSlice) <= MAX_HISTORY_EVENTS) return;
  let fitting = Math.max(1, perSlice);
  while (events(fitting) > MAX_HISTORY_EVENTS && fitting < plan.mostInvocations) fitting += 1;
  throw toRefusal({
    code: 'too-many-slices',
    maxUsd: input.maxUsd,
    perSlice: Math.max(1, perSlice),
    invocations: plan.mostInvocations,
    mostEvents: MAX_HISTORY_EVENTS,
    leastUsd: fitting * worstUsd,
  });
}
