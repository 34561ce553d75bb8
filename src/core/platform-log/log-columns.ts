import type { LogEntry } from './log-entry.ts';
import { DURATION_FIELDS, readQueryRow } from './query-row.ts';

const MESSAGE = new Set(['message', '@message']);
/** What other stores of logs call it: Splunk and Sumo Logic, Datadog, Loki. Only beside a time. */
const MESSAGE_ELSEWHERE = new Set(['_raw', 'content', 'line']);
const TIME = /^[@_"]*(?:message)?(?:date|time)/;
const STREAM = new Set(['logstreamname', 'logstream', '@logstream', 'log stream name', 'stream']);
const OTHER = new Set([
  'timestamp',
  '@timestamp',
  '@requestid',
  '@billedduration',
  '@memorysize',
  '@maxmemoryused',
  '@log',
  '@ptr',
  'ingestiontime',
  'eventid',
]);

/** The columns of a table of log events, or of a query's rows. */
export interface LogColumns {
  /** How many there are. */
  readonly count: number;
  /** Which of them is the message; -1 for a query's rows. */
  readonly message: number;
  readonly read: (cells: readonly string[]) => LogEntry | null;
}

/** @returns `null` where the names are not those of such a table */
export function readLogColumns(names: readonly string[]): LogColumns | null {
  const plain = names.map((name) => name.trim());
  const lower = plain.map((name) => name.toLowerCase());
  const elsewhere = lower.some((name) => TIME.test(name));
  const message = lower.findIndex(
    (name) => MESSAGE.has(name) || (elsewhere && MESSAGE_ELSEWHERE.has(name)),
  );
  const stream = lower.findIndex((name) => STREAM.has(name));
  if (message >= 0 && lower.every((name) => /^@?[\w .-]{1,64}$/.test(name))) {
    return {
      count: names.length,
      message,
      read: (cells) => ({
        kind: 'message',
        message: cells[message] ?? '',
        stream: cells[stream] ?? '',
      }),
    };
  }
  const known = lower.filter((name) => OTHER.has(name) || name.startsWith('record.m')).length;
  if (message >= 0 || !DURATION_FIELDS.some((field) => plain.includes(field)) || known === 0)
    return null;
  return {
    count: names.length,
    message: -1,
    read: (cells) => {
      const row = Object.fromEntries(plain.map((name, index) => [name, cells[index] ?? '']));
      const report = readQueryRow(row);
      return report && { kind: 'row', report };
    },
  };
}
