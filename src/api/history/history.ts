import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { HistoryEvent } from '../../contract/history/history-event.ts';
import type { HistoryResult } from '../../contract/history/history.ts';
import type { Result } from '../../contract/tune/result.ts';
import type { Histories } from '../../stages/history/history-request.ts';
import { tooExpensive } from '../../words/history/scan-words.ts';
import { toReadableError } from '../../words/refusals/aws-refusal.ts';
import { Aborted } from '../shared/aborted.ts';
import { UsageError } from '../shared/usage-error.ts';
import { functionProblems, gatherHistories } from './gather-histories.ts';
import { readWindow } from './read-window.ts';

/** Whose production logs to read, and how much of them. */
export interface HistoryRequest {
  /** Names or ARNs, of one region. */
  readonly functions?: readonly string[];
  /** All functions of the region. @default false */
  readonly all?: boolean;
  /** Of all functions, those with these tags: `{ team: 'shop' }`. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Of all functions, those of such a name, with `*` for anything: `orders-*`. */
  readonly name?: string;
  /** How far back: `14d`, `6h`, `30m`, or a date. @default 14d */
  readonly since?: string | Date;
  /** The end of the window, likewise. @default now */
  readonly until?: string | Date;
  /** Logs Insights counts on the server, at a price; events reads every report. @default insights */
  readonly by?: 'insights' | 'events';
  /** The most that Logs Insights may cost, in USD: with more to scan nothing is queried. @default 0.5 */
  readonly maxUsd?: number;
  /** A result of tune: what it promised is held against what was seen. */
  readonly against?: Result;
  readonly region?: string;
  readonly profile?: string;
  /** Stops the query that is under way. */
  readonly signal?: AbortSignal;
  /** Told what it will scan, and each query. */
  readonly onEvent?: (event: HistoryEvent) => void;
}

/** Reading a history was stopped by its signal, its query as well. */
export class HistoryAborted extends Aborted<never> {
  constructor(cause: unknown) {
    super('History: stopped by its signal', null, cause);
  }
}

/**
 * Says what the production logs of functions already say, the most worthwhile function first. It invokes
 * nothing and changes nothing.
 *
 * @example
 * const { functions } = await history({ functions: ['orders'], since: '7d' });
 *
 * @throws {UsageError} with every problem of the request, or where it would cost more than `maxUsd`
 * @throws {PowerdialError} where AWS refuses, by the names of `docs/result.md`
 * @throws {HistoryAborted} where the signal stopped it
 */
export async function history(request: HistoryRequest): Promise<HistoryResult> {
  const { functions = [], maxUsd = 0.5, by = 'insights', against = null } = request;
  const { signal = new AbortController().signal, onEvent = () => undefined } = request;
  const { all, name, tags } = request;
  const choice = {
    ...(all === undefined ? {} : { all }),
    ...(name === undefined ? {} : { name }),
    ...(tags === undefined
      ? {}
      : { tag: Object.entries(tags).map(([key, value]) => `${key}=${value}`) }),
  };
  const problems = [
    ...functionProblems(functions, choice),
    ...(maxUsd >= 0 ? [] : [`maxUsd: wanted an amount of 0 or more, it is ${maxUsd}`]),
  ];
  if (problems.length > 0) throw new UsageError(problems);
  const window = readWindow(
    {
      since: timeText(request.since ?? '14d'),
      ...(request.until === undefined ? {} : { until: timeText(request.until) }),
    },
    Date.now(),
  );
  const { region, profile } = request;
  const task = { functions, choice, ...window, by, maxUsd, against, region, profile };
  const histories = await gatherHistories(task, { env: process.env, signal, emit: onEvent }).catch(
    (error: unknown) => {
      throw isAwsError(error) ? toReadableError(error, 'the command') : error;
    },
  );
  return toHistoryResult(histories, maxUsd, signal);
}

function toHistoryResult(histories: Histories, maxUsd: number, signal: AbortSignal): HistoryResult {
  switch (histories.kind) {
    case 'read':
      return { schemaVersion: 1, functions: histories.answers, spent: histories.spent };
    case 'too-expensive':
      throw new UsageError([tooExpensive(histories, maxUsd)]);
    case 'stopped':
      throw new HistoryAborted(signal.reason);
  }
}

function timeText(time: string | Date): string {
  return typeof time === 'string' ? time : time.toISOString();
}
