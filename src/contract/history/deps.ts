/** A query of Logs Insights as it stands. */
export interface QueryState {
  readonly status:
    'Scheduled' | 'Running' | 'Complete' | 'Failed' | 'Cancelled' | 'Timeout' | 'Unknown';
  readonly bytesScanned: number;
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly nextToken: string | null;
}

export interface QueryCalls {
  readonly startQuery: StartQuery;
  readonly readQuery: ReadQuery;
  readonly stopQuery: StopQuery;
  readonly listQueriesUnderWay: ListQueriesUnderWay;
}

export interface LogGroupFacts {
  readonly name: string;
  readonly class: string;
  /** `null`: for ever. */
  readonly retentionDays: number | null;
  readonly encrypted: boolean;
}

export type StartQuery = (request: {
  readonly logGroups: readonly string[];
  readonly text: string;
  readonly sinceMs: number;
  readonly untilMs: number;
}) => Promise<string>;

export type ReadQuery = (queryId: string, nextToken: string | null) => Promise<QueryState>;

/** Nothing to stop is no error. */
export type StopQuery = (queryId: string) => Promise<void>;

export interface QueryUnderWay {
  readonly queryId: string;
  readonly text: string;
}

/** All queries of the account and region that wait or run, whoever started them. */
export type ListQueriesUnderWay = () => Promise<readonly QueryUnderWay[]>;

/** `null` where there is no such group. */
export type ReadLogGroup = (name: string) => Promise<LogGroupFacts | null>;

export interface ListedFunction {
  readonly name: string;
  readonly arn: string;
  readonly codeBytes: number | null;
}

export type ListFunctions = () => Promise<readonly ListedFunction[]>;

/** What a function takes up that nobody calls. */
export type ReadFootprint = (
  functionName: string,
) => Promise<{ readonly codeBytes: number; readonly versions: number }>;
