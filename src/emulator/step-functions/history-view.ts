import type { Json } from '../../contract/shared/json.ts';

/** A `HistoryEvent` as GetExecutionHistory sends it. */
export type HistoryEventJson = { readonly [member: string]: Json };

/** How an event is shown. */
export interface HistoryView {
  /** Whether inputs and outputs come along (`includeExecutionData`). */
  readonly withData: boolean;
  /** Of the execution: where its service integrations call. */
  readonly region: string;
}
