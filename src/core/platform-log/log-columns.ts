import type { LogEntry } from './log-entry.ts';
import { DURATION_FIELD, readQueryRow } from './query-row.ts';

const MESSAGE = new Set(['message', '@message']);
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
  readonly read: (cells: readonly string[]) => LogEntry | null;
}

/** @returns `null` where the names are not those of such a table */
export function readLogColumns(names: readonly string[]): LogColumns | null {
  const plain = names.map((name) => name.trim());
  const lower = plain.map((name) => name.toLowerCase());
  const message = lower.findIndex((name) => MESSAGE.has(name));
  const stream = lower.findIndex((name) => STREAM.has(name));
  if (message >= 0 && lower.every((name) => /^@?[\w .-]{1,64}$/.test(name))) {
    return {
      read: (cells) => ({
        kind: 'message',
        message: cells[message] ?? '',
        stream: cells[stream] ?? '',
      }),
    };
  }
  const known = lower.filter((name) => OTHER.has(name)).length;
  if (message >= 0 || !plain.includes(DURATION_FIELD) || known === 0) return null;
  return {
    read: (cells) => {
      const row = Object.fromEntries(plain.map((name, index) => [name, cells[index] ?? '']));
      const report = readQueryRow(row);
      return report && { kind: 'row', report };
    },
  };
}
