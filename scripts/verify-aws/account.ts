import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeQueriesCommand,
  FilterLogEventsCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  type FunctionConfiguration,
  type InvocationType,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeJournal } from '../../src/core/journal/journal.ts';
import { writeVersionMark } from '../../src/core/journal/version-mark.ts';

/** $LATEST as it was found, in the fields that are changed and put back. */
export interface Found {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly description: string;
  readonly reserved: number | null;
  readonly highestVersion: number;
  readonly arn: string;
  readonly logGroup: string;
}

export interface AccountOptions {
  /** Reads and changes; begins no attempt once it was told to stop. */
  readonly lambda: LambdaClient;
  /** One attempt, as long as it takes. */
  readonly invoking: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly states: SFNClient;
  readonly functionName: string;
  /** Names what is made, so that it is found again. */
  readonly run: string;
  readonly found: Found;
  readonly payload: string;
  readonly signal: AbortSignal;
  /** How long a log line is waited for. */
  readonly logWaitMs: number;
}

export interface Invoked {
  readonly status: number;
  readonly requestId: string;
  readonly executedVersion: string;
  readonly functionError: string | null;
  readonly log: string | null;
  readonly body: string;
}

export interface LogEvent {
  readonly stream: string;
  readonly message: string;
}

/** The account's clock may be behind this machine's. */
const CLOCK_MS = 60_000;
const JOURNAL_MINUTES = 15;
const SETTLED_WITHIN_MS = 5 * 60_000;

/** The function in the account, the steps that proofs have in common, and what they made. */
export class Account {
  readonly lambda: LambdaClient;
  readonly states: SFNClient;
  readonly functionName: string;
  readonly run: string;
  readonly found: Found;
  readonly payload: string;
  readonly alias: string;
  /** Set before the reservation is made, so that a lost answer leaves nothing. */
  reserved = false;
  /** Set before the alias is made, likewise. */
  aliased = false;
  /** What $LATEST was set to last, noted before the call. */
  lastSet: { readonly memoryMb: number; readonly timeoutSeconds: number } | null = null;
  readonly startedMs = Date.now() - CLOCK_MS;
  /** The request id of the invocation of each version that is looked for in the logs. */
  readonly invocations = new Map<string, string>();

  readonly #options: AccountOptions;
  readonly #versions = new Map<string, Promise<FunctionConfiguration>>();
  readonly #until: string;
  #serial = 0;
  #knows: Promise<boolean> | null = null;

  constructor(options: AccountOptions) {
    this.#options = options;
    this.lambda = options.lambda;
    this.states = options.states;
    this.functionName = options.functionName;
    this.run = options.run;
    this.found = options.found;
    this.payload = options.payload;
    this.alias = `powerdial-${options.run}`;
    this.#until = `${new Date(Date.now() + JOURNAL_MINUTES * 60_000).toISOString().slice(0, 16)}Z`;
  }

  /** Two sizes above the present one, or below where there is none above: no function is starved by them. */
  get sizes(): readonly [number, number] {
    const { memoryMb } = this.found;
    return memoryMb <= 2800 ? [memoryMb + 64, memoryMb + 128] : [memoryMb - 64, memoryMb - 128];
  }

  latest(): Promise<FunctionConfiguration> {
    return this.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: this.functionName }),
    );
  }

  /** What a description with a journal says; each has a serial of its own. */
  journal(memoryMb: number, timeoutSeconds = this.found.timeoutSeconds): string {
    this.#serial += 1;
    this.lastSet = { memoryMb, timeoutSeconds };
    return writeJournal({
      purpose: 'set',
      run: this.run,
      serial: this.#serial,
      set: { memoryMb, timeoutSeconds, systemLogLevel: null },
      was: {
        memoryMb: this.found.memoryMb,
        timeoutSeconds: this.found.timeoutSeconds,
        systemLogLevel: null,
      },
      until: this.#until,
      description: this.found.description,
    });
  }

  /** Waits until nothing is in progress and tells what $LATEST is then. */
  async settled(): Promise<FunctionConfiguration> {
    return this.#poll(
      () => this.latest(),
      ({ State, LastUpdateStatus }) => LastUpdateStatus !== 'InProgress' && State !== 'Pending',
      'the update of $LATEST',
    );
  }

  /** Sends one update under a journal, guarded by the revision; does not wait for its end. */
  async update(
    memoryMb: number,
    timeoutSeconds = this.found.timeoutSeconds,
  ): Promise<FunctionConfiguration> {
    const { RevisionId } = await this.settled();
    return this.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: this.functionName,
        RevisionId,
        MemorySize: memoryMb,
        Timeout: timeoutSeconds,
        Description: this.journal(memoryMb, timeoutSeconds),
      }),
    );
  }

  /** The Description of a version of this run. */
  mark(memoryMb: number): string {
    return writeVersionMark({
      run: this.run,
      serial: this.#serial,
      memoryMb,
      above: this.found.highestVersion,
      until: this.#until,
    });
  }

  /** A version at a size, published once for all proofs, and Active. */
  version(
    memoryMb: number,
    timeoutSeconds = this.found.timeoutSeconds,
  ): Promise<FunctionConfiguration> {
    const key = `${memoryMb}/${timeoutSeconds}`;
    const known = this.#versions.get(key);
    if (known !== undefined) return known;
    const made = this.publish(memoryMb, timeoutSeconds);
    this.#versions.set(key, made);
    return made;
  }

  /** A version that nothing else uses; Active. */
  async publish(
    memoryMb: number,
    timeoutSeconds = this.found.timeoutSeconds,
  ): Promise<FunctionConfiguration> {
    await this.update(memoryMb, timeoutSeconds);
    const { CodeSha256 } = await this.settled();
    const published = await this.lambda.send(
      new PublishVersionCommand({
        FunctionName: this.functionName,
        // Without a revision: an attempt whose answer was lost is then repeated without harm.
        CodeSha256,
        Description: this.mark(memoryMb),
      }),
    );
    await this.active(published.Version ?? '');
    return published;
  }

  async active(version: string): Promise<FunctionConfiguration> {
    return this.#poll(
      () =>
        this.lambda.send(
          new GetFunctionConfigurationCommand({
            FunctionName: this.functionName,
            Qualifier: version,
          }),
        ),
      ({ State }) => State !== 'Pending',
      `version ${version}`,
    );
  }

  async invoke(options: {
    readonly qualifier?: string;
    readonly type?: InvocationType;
    readonly payload?: string;
  }): Promise<Invoked> {
    const { qualifier, type = 'RequestResponse', payload = this.payload } = options;
    this.#options.signal.throwIfAborted();
    const answer = await this.#options.invoking.send(
      new InvokeCommand({
        FunctionName: this.functionName,
        ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
        InvocationType: type,
        ...(type === 'RequestResponse' ? { LogType: 'Tail' } : {}),
        Payload: Buffer.from(payload),
      }),
      { abortSignal: this.#options.signal },
    );
    return {
      status: answer.StatusCode ?? 0,
      requestId: answer.$metadata.requestId ?? '',
      executedVersion: answer.ExecutedVersion ?? '',
      functionError: answer.FunctionError ?? null,
      log:
        answer.LogResult === undefined
          ? null
          : Buffer.from(answer.LogResult, 'base64').toString('utf8'),
      body: Buffer.from(answer.Payload ?? []).toString('utf8'),
    };
  }

  /** Whether the function is this script's own handler, which fails and sleeps when it is asked to. */
  async knowsHow(): Promise<boolean> {
    this.#knows ??= this.invoke({ payload: '{"verify":"who"}' }).then(
      ({ body }) => body === '{"verify":"done"}',
    );
    return this.#knows;
  }

  /** Searches the function's log group until something is found or the patience ends. */
  async findLog(search: {
    readonly text: string;
    readonly streamPrefix?: string;
    readonly sinceMs: number;
  }): Promise<readonly LogEvent[]> {
    const endMs = Date.now() + this.#options.logWaitMs;
    for (;;) {
      const events = await this.#search(search);
      if (events.length > 0 || Date.now() >= endMs) return events;
      await this.wait(2000);
    }
  }

  /**
   * Asks Logs Insights about the last hour of the function's log group, and stops the query after a look or two.
   *
   * @param maxItems of a page. @default the most
   */
  async query(
    text: string,
    maxItems?: number,
  ): Promise<{
    readonly queryId: string;
    readonly hasMore: boolean;
    readonly status: string;
    readonly rows: readonly Readonly<Record<string, string>>[];
    readonly stopped: boolean;
  }> {
    const { logs, logWaitMs } = this.#options;
    const nowS = Math.ceil(Date.now() / 1000);
    const { queryId = '' } = await logs.send(
      new StartQueryCommand({
        logGroupName: this.found.logGroup,
        queryString: text,
        startTime: nowS - 3600,
        endTime: nowS,
      }),
    );
    for (let waitedMs = 0; ; waitedMs += 1000) {
      const {
        status = 'Unknown',
        results = [],
        nextToken,
      } = await logs.send(new GetQueryResultsCommand({ queryId, maxItems }));
      const isOver = status !== 'Scheduled' && status !== 'Running';
      if (isOver || waitedMs >= logWaitMs) {
        const rows = results.map((row) =>
          Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value])),
        );
        const stopped =
          !isOver && (await logs.send(new StopQueryCommand({ queryId }))).success === true;
        return { queryId, hasMore: nextToken !== undefined, status, rows, stopped };
      }
      await this.wait(1000);
    }
  }

  /** The text of a query as the account's list of recent queries shows it. */
  async listedQuery(queryId: string): Promise<string | null> {
    const { queries = [] } = await this.#options.logs.send(
      new DescribeQueriesCommand({ maxResults: 1000 }),
    );
    return queries.find((each) => each.queryId === queryId)?.queryString ?? null;
  }

  /** Starts a query and stops it at once. */
  async stopQuery(): Promise<string> {
    const { logs } = this.#options;
    const nowS = Math.ceil(Date.now() / 1000);
    const { queryId } = await logs.send(
      new StartQueryCommand({
        logGroupName: this.found.logGroup,
        queryString: 'fields @message',
        startTime: nowS - 3600,
        endTime: nowS,
      }),
    );
    try {
      const { success } = await logs.send(new StopQueryCommand({ queryId }));
      return success === true ? 'stopped' : 'not stopped';
    } catch (error) {
      // It had ended by itself.
      return (error as Error).name;
    }
  }

  /** Retention and class of the function's log group. */
  async describeLogGroup(): Promise<{ readonly name: string; readonly class: string } | null> {
    const { logGroups = [] } = await this.#options.logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: this.found.logGroup }),
    );
    const found = logGroups.find(({ logGroupName }) => logGroupName === this.found.logGroup);
    return found === undefined
      ? null
      : { name: this.found.logGroup, class: found.logGroupClass ?? 'STANDARD' };
  }

  async #search(search: {
    readonly text: string;
    readonly streamPrefix?: string;
    readonly sinceMs: number;
  }): Promise<readonly LogEvent[]> {
    const found: LogEvent[] = [];
    let nextToken: string | undefined;
    do {
      this.#options.signal.throwIfAborted();
      const page = await this.#options.logs
        .send(
          new FilterLogEventsCommand({
            logGroupName: this.found.logGroup,
            startTime: search.sinceMs,
            filterPattern: `"${search.text}"`,
            ...(search.streamPrefix === undefined
              ? {}
              : { logStreamNamePrefix: search.streamPrefix }),
            ...(nextToken === undefined ? {} : { nextToken }),
          }),
        )
        .catch((error: unknown) => {
          // The group comes with the first line.
          if ((error as Error).name === 'ResourceNotFoundException') return NOTHING;
          throw error;
        });
      for (const { logStreamName, message } of page.events ?? []) {
        found.push({ stream: logStreamName ?? '', message: message ?? '' });
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return found;
  }

  async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#options.signal });
  }

  async #poll<T>(read: () => Promise<T>, isDone: (value: T) => boolean, what: string): Promise<T> {
    const endMs = Date.now() + SETTLED_WITHIN_MS;
    for (;;) {
      const value = await read();
      if (isDone(value)) return value;
      if (Date.now() >= endMs) {
        throw new Error(`Wait for ${what}: wanted its end within 5 minutes, it goes on`);
      }
      await this.wait(500);
    }
  }
}

const NOTHING = {
  events: [],
  nextToken: undefined,
} satisfies { readonly events: readonly never[]; readonly nextToken: undefined };
