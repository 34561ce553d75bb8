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
}
