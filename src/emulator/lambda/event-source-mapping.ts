/** What Lambda polls and invokes a function for: a row of ListEventSourceMappings. */
export interface EventSourceMapping {
  /** A queue, stream, cluster or broker; absent for Kafka that the user runs. */
  readonly eventSourceArn?: string;
  /** Kafka that the user runs: its brokers. */
  readonly bootstrapServers?: readonly string[];
  /** The alias or version that is invoked; absent: the function without one. */
  readonly qualifier?: string;
  /** @default 'Enabled' */
  readonly state?: 'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating';
  /** @default 10 */
  readonly batchSize?: number;
  /** @default 0 */
  readonly batchingWindowSeconds?: number;
  /** Batches of a shard at once; streams only. */
  readonly parallelizationFactor?: number;
  /** Invocations at once that a queue may cause. */
  readonly maximumConcurrency?: number;
  readonly maximumRetryAttempts?: number;
  readonly maximumRecordAgeInSeconds?: number;
  readonly bisectBatchOnFunctionError?: boolean;
  readonly reportBatchItemFailures?: boolean;
  /** The ARN of where records go that were given up. */
  readonly onFailure?: string;
}
