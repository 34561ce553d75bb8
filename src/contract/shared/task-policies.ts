/**
 * What a Task does when its call fails. The workflow files stay plain JSON that the console shows; this is
 * where their Retry and Catch come from: `npm run docs` writes them in place, and a test compares.
 */

/** Lambda did not answer as it should, or could not be reached: the function may have run. */
const LAMBDA_FAILED = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
] as const;

/** Lambda refused the call for its rate: the function did not run. */
const LAMBDA_THROTTLED = ['Lambda.TooManyRequestsException'] as const;

/**
 * The names under which Step Functions reports a function of Lambda that never answered. By the guide
 * ("Handle Lambda service exceptions", 2026-11) out of memory and timeouts are `Lambda.Unknown`; public
 * workflows match what Lambda itself calls them, so either may come.
 */
export const FUNCTION_DIED = [
  'States.Timeout',
  'Sandbox.Timedout',
  'Lambda.Unknown',
  'Runtime.ExitError',
  'Runtime.OutOfMemory',
] as const;

/**
 * The first of these is named because States.ALL does not match it (Step Functions guide, "Handling errors").
 */
const EVERY_ERROR = ['States.DataLimitExceeded', 'States.ALL'] as const;

/** One rule of a Task's Retry, as the States Language has it. */
export interface RetryRule {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: 'FULL';
}

function retry(
  errors: readonly string[],
  { attempts = 6, delaySeconds = 30 }: { attempts?: number; delaySeconds?: number } = {},
): RetryRule {
  return {
    ErrorEquals: errors,
    IntervalSeconds: 2,
    MaxAttempts: attempts,
    BackoffRate: 2,
    MaxDelaySeconds: delaySeconds,
    JitterStrategy: 'FULL',
  };
}

/** When a Task is tried again, by a name that says why it may be. */
export const RETRIES = {
  /** The stage invokes the target, or moves an alias: only a call that certainly did not run is made again. */
  'did-not-run': retry(LAMBDA_THROTTLED),
  /** The stage reads, or looks first at what it finds: it may be called again after a failed call. */
  'may-run-twice': retry([...LAMBDA_FAILED, ...LAMBDA_THROTTLED]),
  /** The stage puts the target back: it is tried again whatever became of it. */
  'puts-back': retry([...LAMBDA_FAILED, ...LAMBDA_THROTTLED, ...FUNCTION_DIED, 'NotPutBack']),
  /** The run goes on without its answer: it is not waited for long. */
  'in-passing': retry([...LAMBDA_FAILED, ...LAMBDA_THROTTLED], { attempts: 2, delaySeconds: 4 }),
  /** The clean-up is tried again after any error. */
  'cleans-up': retry(['States.ALL'], { attempts: 5 }),
  /** The result goes into a bucket, and the output has it as well. */
  'keeps-result': retry(['States.TaskFailed'], { attempts: 3, delaySeconds: 10 }),
} as const satisfies Readonly<Record<string, RetryRule>>;

export type RetryName = keyof typeof RETRIES;

/** Which errors a Task catches, rule by rule; where a rule leads and what it assigns stands in the workflow. */
export const CATCHES = {
  /** Every error takes one way. */
  'every-error': EVERY_ERROR.map((error) => [error]),
  /** A call that may have run goes on without what it would have answered; every other error takes one way. */
  'goes-on-without': [[...FUNCTION_DIED, ...LAMBDA_FAILED], ...EVERY_ERROR.map((error) => [error])],
} as const satisfies Readonly<Record<string, readonly (readonly string[])[]>>;

export type CatchName = keyof typeof CATCHES;

/** What a Task does when its call fails. */
export interface TaskPolicy {
  readonly retries: RetryName;
  readonly catches: CatchName;
}

/**
 * Returns the longest that Step Functions waits between the attempts of a Task, all of them together, in
 * seconds: with full jitter each wait is anything from 0 to this (Step Functions guide, "Retrying after an
 * error").
 *
 * @example longestRetryWaitSeconds(RETRIES['did-not-run']) // 2 + 4 + 8 + 16 + 30 + 30 = 90
 */
export function longestRetryWaitSeconds(rule: RetryRule): number {
  const { IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts } = rule;
  let waitSeconds = 0;
  for (let attempt = 0; attempt < MaxAttempts; attempt += 1) {
    waitSeconds += Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds);
  }
  return waitSeconds;
}
