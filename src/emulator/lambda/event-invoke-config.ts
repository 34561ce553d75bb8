/** What becomes of queued invocations that fail; `null` where it was not set. */
export interface EventInvokeConfig {
  readonly maximumRetryAttempts: number | null;
  readonly maximumEventAgeSeconds: number | null;
  readonly onFailure: string | null;
  readonly onSuccess: string | null;
  readonly modifiedAtMs: number;
}

/** Lambda's own: two more tries, within six hours. */
export const DEFAULT_RETRIES = 2;
export const DEFAULT_EVENT_AGE_SECONDS = 21_600;
