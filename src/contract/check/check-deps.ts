import type { Deps } from '../shared/deps.ts';

/** Told while a check measures, after every block of invocations. */
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
  | 'findLogEvents'
  | 'readExecutionStatus'
  | 'invoke'
  | 'now'
  | 'sleep'
> {
  readonly onCheckProgress: OnCheckProgress;
}
