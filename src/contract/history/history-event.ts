/** What reading a history tells while it is under way. */
export type HistoryEvent =
  | {
      /** Told before Logs Insights is asked for anything that costs much. */
      readonly kind: 'estimated';
      /** What its query will scan, in bytes. */
      readonly bytes: number;
      /** `null` where the price of the region is not known. */
      readonly usd: number | null;
    }
  | {
      readonly kind: 'query-started';
      /** As it may be pasted into the console. */
      readonly query: string;
      readonly logGroups: readonly string[];
    };
