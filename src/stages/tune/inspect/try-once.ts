import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { Deps } from '../../../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { Observation } from '../../../contract/shared/observation.ts';
import type { WarningFacts } from '../../../contract/shared/warnings/warning.ts';
import type { SettledInput, Target } from '../../../contract/tune/state.ts';
import type { Prices } from '../../../core/cost/prices.ts';
import { mostUsd } from '../../../core/measure/spending.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import type { Surface, TrialFailure } from '../../../words/trial-advice.ts';
import { LateLogs, streamsOf } from '../../target/late-logs.ts';
import { lost, observe } from '../../target/observe.ts';
import { raisedLogLevel } from '../../target/put-fields-back.ts';
import { invokeOnce } from '../../target/invoke-once.ts';

/** A target with a longer timeout is not tried: Inspect has to answer within a minute. */
const LONGEST_TIMEOUT_SECONDS = 60;
/** An answer that takes longer is not waited for: the measurement will tell. */
const LONGEST_WAIT_MS = 25_000;

/** Whether a run begins with a trial; where it could be and is not, `warnings` say why. */
export interface TrialPlan {
  readonly isMade: boolean;
  readonly warnings: readonly WarningFacts[];
}

/** A trial is an invocation like any other: none that could pass maxUsd is made. */
export function planTrial(
  target: Pick<Target, 'memoryMb' | 'timeoutSeconds' | 'ephemeralStorageMb'>,
  { maxUsd, measureTimeoutSeconds }: Pick<SettledInput, 'maxUsd' | 'measureTimeoutSeconds'>,
  prices: Prices,
): TrialPlan {
  if (target.timeoutSeconds > LONGEST_TIMEOUT_SECONDS) return { isMade: false, warnings: [] };
  const { memoryMb, ephemeralStorageMb } = target;
  // One that is lost is charged like those that are measured.
  const timeoutSeconds = Math.max(target.timeoutSeconds, measureTimeoutSeconds);
  const usd = mostUsd(memoryMb, { prices, ephemeralStorageMb, timeoutSeconds });
  if (usd <= maxUsd) return { isMade: true, warnings: [] };
  return { isMade: false, warnings: [{ code: 'trial-left-out', worstCaseUsd: usd, maxUsd }] };
}

/**
 * One invocation of $LATEST as it is, so that a payload which the function does not understand costs one
 * invocation and not hundreds. Running out of time or memory is no objection: other sizes may do better. Its
 * log tells what the function uses, which bounds the sizes that are set on $LATEST: where the answer lacks
 * it, it is looked up.
 *
 * @throws {PowerdialError} TrialFailed with the function's own error
 */
export async function tryOnce(
  deps: Pick<Deps, 'invoke' | 'findLogEvents' | 'now' | 'sleep'>,
  target: FunctionConfiguration,
  options: {
    readonly payload: string;
    readonly ignoreErrors: readonly string[];
    /** Where the user said all this, for advice in the same words. */
    readonly surface: Surface;
    readonly startedAtMs: number;
    /** How long the log may still be looked for. */
    readonly leftMs: () => number;
  },
): Promise<Observation> {
  const sentMs = deps.now();
  const sent = { memoryMb: target.memoryMb, payload: 0, atMs: sentMs - options.startedAtMs };
  const reply = await invokeOnce(deps, {
    functionName: target.functionName,
    payload: options.payload,
    waitMs: Math.min(LONGEST_WAIT_MS, (target.timeoutSeconds + 10) * 1000),
  });
  switch (reply.kind) {
    case 'lost':
      return lost(sent);
    case 'answered': {
      const observation = observe(reply, sent);
      const failed = reply.functionError !== null && observation.outcome === 'error';
      if (failed && !options.ignoreErrors.includes(reply.errorType ?? '')) {
        throw trialFailed(target, reply, options.surface);
      }
      // A system log level of WARN keeps the report out of the log: there is nothing to look up. Only the
      // sizes that are measured have it raised.
      return observation.outcome === 'lost' && raisedLogLevel(target) === null
        ? new LateLogs(deps).observe(
            target,
            { reply, sent, sentMs, streams: streamsOf('$LATEST', sentMs) },
            options.leftMs,
          )
        : observation;
    }
  }
}

function trialFailed(
  target: FunctionConfiguration,
  { errorType, errorMessage }: TrialFailure,
  surface: Surface,
): PowerdialError {
  return toRefusal({
    code: 'trial-failed',
    function: target.functionArn,
    named: target.functionName,
    errorType,
    errorMessage,
    surface,
  });
}
