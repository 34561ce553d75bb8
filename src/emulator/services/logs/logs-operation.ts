import type { QueryBehaviour, QueryJob } from './insights/query-job.ts';
import type { LogGroupsOf } from './log-group.ts';
import type { LogStore } from './log-store.ts';

/** What the operations of CloudWatch Logs work on. */
export interface CloudWatchLogs {
  readonly store: LogStore;
  /** How many invocations' logs one page of FilterLogEvents looks at. */
  readonly scanPerPage: number;
  readonly account: string;
  readonly settingsOf: LogGroupsOf;
  readonly arnOf: (group: string) => string;
  readonly behaviour: QueryBehaviour;
  readonly queries: Map<string, QueryJob>;
  /** When queries were started, and looked at, in the last second. */
  readonly starts: number[];
  readonly looks: number[];
  readonly newId: () => string;
  readonly now: () => number;
  /** Aborted when the endpoint closes. */
  readonly closing: AbortSignal;
  readonly inBackground: (work: Promise<unknown>) => void;
}

/** @throws {ServiceError} for every answer but success */
export type LogsOperation = (
  members: Readonly<Record<string, unknown>>,
  logs: CloudWatchLogs,
) => Readonly<Record<string, unknown>>;

/** Returns a member of a request as text, whatever somebody put there. */
export function memberText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
