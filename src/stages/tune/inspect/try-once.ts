import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { Deps } from '../../../contract/shared/deps.ts';
import type { InvokeReply } from '../../../contract/shared/invoke-calls.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { Observation } from '../../../contract/shared/observation.ts';
import type { WarningFacts } from '../../../contract/shared/warnings/warning.ts';
import type { Target } from '../../../contract/tune/target.ts';
import type { SettledInput } from '../../../contract/tune/settled-input.ts';
import type { Trial } from '../../../contract/tune/trial.ts';
import type { Prices } from '../../../core/cost/prices.ts';
import { mostUsd } from '../../../core/measure/spending.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { isAlikeAtEverySize, type Surface } from '../../../words/trial-advice.ts';
import { LateLogs, streamsOf } from '../../target/late-logs.ts';
import { observeLost, observe, type Sent } from '../../target/observe.ts';
import { raisedLogLevel } from '../../target/put-fields-back.ts';
import { invokeOnce } from '../../target/invoke-once.ts';

/** A target with a longer timeout is not tried: Inspect has to answer within a minute. */
const LONGEST_TIMEOUT_SECONDS = 60;
/** An answer that takes longer is not waited for: the measurement will tell. */
const LONGEST_WAIT_MS = 25_000;

type Answered = Extract<InvokeReply, { readonly kind: 'answered' }>;

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
 * or two invocations and not hundreds. Running out of time or memory is no objection: other sizes may do
 * better. An error is none yet where a larger size is left to be tried: `failed` says so. Its log tells what
 * the function uses, which bounds the sizes that are set on $LATEST: where the answer lacks it, it is looked
 * up.
 *
 * @throws {PowerdialError} TrialFailed with the function's own error, where no larger size can mend it
 */
export async function tryOnce(
  deps: Pick<Deps, 'invoke' | 'findLogEvents' | 'now' | 'sleep'>,
  target: FunctionConfiguration,
  options: {
    readonly payload: string;
    readonly ignoreErrors: readonly string[];
    /** Whether the run will look at a larger size. */
    readonly hasLarger: boolean;
    /** Where the user said all this, for advice in the same words. */
    readonly surface: Surface;
    readonly startedAtMs: number;
    readonly measureTimeoutSeconds: number;
    /** How long the log may still be looked for. */
    readonly leftMs: () => number;
  },
): Promise<{ readonly trial: Trial; readonly warnings: readonly WarningFacts[] }> {
  const sentMs = deps.now();
  const waitMs = Math.min(LONGEST_WAIT_MS, (target.timeoutSeconds + 10) * 1000);
  const sent = { memoryMb: target.memoryMb, payload: 0, atMs: sentMs - options.startedAtMs };
  const reply = await invokeOnce(deps, {
    functionName: target.functionName,
    payload: options.payload,
    waitMs,
  });
  if (reply.kind === 'lost') {
    const waitedMs = deps.now() - sentMs;
    const isTooLong = waitedMs >= waitMs;
    return {
      trial: observeLost(sent),
      warnings: isTooLong ? [tooLong(target, options, waitedMs)] : [],
    };
  }
  const observation = await read(deps, target, { reply, sent, sentMs }, options.leftMs);
  if (observation.outcome === 'timeout') {
    return { trial: observation, warnings: [tooLong(target, options, null)] };
  }
  const isAllowed = options.ignoreErrors.includes(reply.errorType ?? '');
  if (reply.functionError === null || observation.outcome !== 'error' || isAllowed) {
    return { trial: observation, warnings: [] };
  }
  if (!options.hasLarger || isAlikeAtEverySize(reply)) {
    throw trialFailed(target, reply, options.surface, [target.memoryMb]);
  }
  const { errorType } = reply;
  return {
    trial: { ...observation, failed: true },
    warnings: [{ code: 'trial-failed', memoryMb: target.memoryMb, errorType }],
  };
}

/** Reads its log, which is looked up where the answer lacks it. */
function read(
  deps: Pick<Deps, 'findLogEvents' | 'now' | 'sleep'>,
  target: FunctionConfiguration,
  made: { readonly reply: Answered; readonly sent: Sent; readonly sentMs: number },
  leftMs: () => number,
): Observation | Promise<Observation> {
  const { reply, sent, sentMs } = made;
  const observation = observe(reply, sent);
  // A system log level of WARN keeps the report out of the log: there is nothing to look up. Only the
  // sizes that are measured have it raised.
  if (observation.outcome !== 'lost' || raisedLogLevel(target) !== null) return observation;
  const streams = streamsOf('$LATEST', sentMs);
  return new LateLogs(deps).observe(target, { ...made, streams }, leftMs);
}

/** Said at once: every size that is measured may take as long. */
function tooLong(
  { memoryMb, timeoutSeconds }: FunctionConfiguration,
  { measureTimeoutSeconds }: { readonly measureTimeoutSeconds: number },
  waitedMs: number | null,
): WarningFacts {
  return {
    code: 'trial-timed-out',
    memoryMb,
    timeoutSeconds,
    waitedSeconds: waitedMs === null ? null : Math.round(waitedMs / 1000),
    measureTimeoutSeconds,
  };
}

/** @param memorySizesMb at which it failed */
export function trialFailed(
  target: Pick<FunctionConfiguration, 'functionArn' | 'functionName'>,
  { errorType, errorMessage }: Pick<Answered, 'errorType' | 'errorMessage'>,
  surface: Surface,
  memorySizesMb: readonly number[],
): PowerdialError {
  return toRefusal({
    code: 'trial-failed',
    function: target.functionArn,
    named: target.functionName,
    errorType,
    errorMessage,
    surface,
    memorySizesMb,
  });
}
