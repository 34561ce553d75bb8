import type { ReadFootprint, ReadLogGroup } from '../../contract/history/deps.ts';
import type { HistoryAnswer, HistorySpent, HistoryWindow } from '../../contract/history/history.ts';
import type { Deps } from '../../contract/shared/deps.ts';
import type { QueryDeps } from './run-query.ts';

export type HistoryDeps = QueryDeps &
  Pick<Deps, 'readConfiguration' | 'readTriggers' | 'findLogEvents'> & {
    readonly readLogGroup: ReadLogGroup;
    readonly readFootprint: ReadFootprint;
    /** Told what the query will scan, before it starts. */
    readonly onEstimate: (bytes: number, usd: number | null) => void;
  };

export interface HistoryRequest extends HistoryWindow {
  /** Names or ARNs, unqualified. */
  readonly functions: readonly string[];
  readonly region: string;
  readonly by: 'insights' | 'events';
  readonly maxUsd: number;
  /** As many rows as that mean that a query's answer was cut off. @default ROW_LIMIT */
  readonly rowLimit?: number;
}

export type Histories =
  | {
      readonly kind: 'read';
      readonly answers: readonly HistoryAnswer[];
      readonly spent: HistorySpent;
    }
  /** Nothing was queried. */
  | {
      readonly kind: 'too-expensive';
      readonly bytes: number;
      readonly usd: number | null;
      readonly fittingDays: number;
    }
  | { readonly kind: 'stopped' };

export const DAY_MS = 24 * 3600 * 1000;
