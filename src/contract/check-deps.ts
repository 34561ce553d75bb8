import type { Deps } from './deps.ts';

/** An event of CloudWatch Logs. */
export interface LogEvent {
  readonly message: string;
  readonly stream: string;
}

/** Events of a group that hold a text, written in a window of time, oldest first; of as many as can be read. */
export type FindLogEvents = (query: {
  readonly logGroup: string;
  readonly text: string;
  readonly fromMs: number;
  readonly toMs: number;
}) => Promise<readonly LogEvent[]>;

/** Told while a check measures, after every invocation. */
export type OnCheckProgress = (progress: {
  readonly look: number;
  readonly done: number;
  readonly planned: number;
  readonly usd: number;
}) => void;

/** What a check needs from the world: it invokes and reads, and changes nothing. */
export interface CheckDeps extends Pick<
  Deps,
  | 'readConfiguration'
  | 'readFunctionConcurrency'
  | 'readUnreservedConcurrency'
  | 'findLogLines'
  | 'readExecutionStatus'
  | 'invoke'
  | 'now'
  | 'sleep'
> {
  readonly findLogEvents: FindLogEvents;
  readonly onCheckProgress: OnCheckProgress;
}
