import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import type { TimeoutResult } from '../../contract/tune/timeout-result.ts';
import { repeatsWarnings } from '../payload/repeats.ts';
import { trafficWarnings } from '../traffic/traffic-warnings.ts';
import { triggerWarnings } from '../timeout/trigger-limits.ts';
import type { Beliefs } from './beliefs.ts';
import type { Decided } from './decide-among.ts';
import { memoryGrowth } from './memory-growth.ts';
import type { Narrowed } from './narrow.ts';
import { payloadWarnings } from './payload-warnings.ts';
import type { RecommendRequest } from './recommendation.ts';
import type { SizeSample } from './size-sample.ts';
import { recommendationWarnings } from './warnings.ts';

/** Of the whole run, in the order in which they are read. */
export function everyWarning(
  request: RecommendRequest,
  samples: ReadonlyMap<number, SizeSample>,
  made: {
    readonly narrowed: Narrowed;
    readonly decided: Decided;
    readonly timeout: TimeoutResult;
  },
): readonly WarningFacts[] {
  const { input, target, triggers = [] } = request;
  const { narrowed, timeout } = made;
  const { chosen, keepsLimits, gaps, repeats, grounds } = made.decided;
  const { misfits, tooFull, terms, present, diedUpToMb, beliefs, tail } = narrowed;
  return [
    ...recommendationWarnings({
      input,
      target,
      chosen,
      samples: [...samples.values()],
      misfits,
      tooFull,
      growth: memoryGrowth(request.observations),
      timeoutSeconds: timeout.recommendedSeconds,
      terms,
      presentIsMeasured: present !== undefined,
      diedUpToMb,
      spread: beliefs.spread,
      farCount: beliefs.farCount,
      tail,
      drift: swingOf(beliefs),
      timeout,
      keepsLimits,
    }),
    ...interrupted(request.isInterrupted === true),
    ...repeatsWarnings(repeats, input),
    ...payloadWarnings(gaps, chosen.sample, terms.basis),
    ...(grounds === null ? [] : trafficWarnings(grounds)),
    ...triggerWarnings(triggers, timeout.recommendedSeconds ?? target.timeoutSeconds),
  ];
}

function interrupted(isInterrupted: boolean): readonly WarningFacts[] {
  return isInterrupted ? [{ code: 'interrupted', command: 'tune', left: [] }] : [];
}

/** Slowest period ÷ fastest − 1, where the run shows a drift. */
export function swingOf({ drift }: Beliefs): { readonly swing: number } | null {
  return drift === null ? null : { swing: drift.swing };
}
