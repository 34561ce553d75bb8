import { readFileSync } from 'node:fs';
import { ByteSearch } from '../../../src/core/platform-log/byte-search.ts';
import type { LogRecord } from '../../../src/core/platform-log/invocation-ledger.ts';
import type { PlatformReport } from '../../../src/core/platform-log/platform-report.ts';
import { PlatformLogReader } from '../../../src/core/platform-log/platform-log-reader.ts';

interface Expected {
  readonly durationMs: number | null;
  readonly billedDurationMs: number | null;
  readonly initDurationMs: number | null;
  readonly restoreDurationMs: number | null;
  readonly billedRestoreDurationMs: number | null;
  readonly memorySizeMB: number | null;
  readonly maxMemoryUsedMB: number | null;
  readonly status: PlatformReport['status'];
  readonly errorType: string | null;
}

type Entry =
  | {
      readonly name: string;
      readonly kind: 'text';
      readonly text: string;
      readonly expect: Expected;
    }
  | {
      readonly name: string;
      readonly kind: 'json';
      readonly json: {
        readonly record: {
          readonly requestId: string;
          readonly status?: PlatformReport['status'];
          readonly metrics: Readonly<Record<string, number>>;
        };
      };
    };

export interface PlatformLogFixture {
  readonly name: string;
  readonly text: string;
  readonly report: PlatformReport;
}

/** Lines observed on AWS or printed in its documentation, with their sources: see `test/data`. */
const FILE = JSON.parse(
  readFileSync(new URL('../../data/platform-logs.json', import.meta.url), 'utf8'),
) as { readonly reports: readonly Entry[]; readonly otherSystemLines: readonly string[] };

export const FIXTURES: readonly PlatformLogFixture[] = FILE.reports.map((entry) => {
  if (entry.kind === 'text') {
    const { expect } = entry;
    return {
      name: entry.name,
      text: entry.text,
      report: {
        requestId: /^REPORT RequestId: (\S+)/m.exec(entry.text)?.[1] ?? '',
        durationMs: expect.durationMs,
        billedMs: expect.billedDurationMs,
        initMs: expect.initDurationMs,
        restoreMs: expect.restoreDurationMs,
        billedRestoreMs: expect.billedRestoreDurationMs,
        memorySizeMb: expect.memorySizeMB,
        maxMemoryUsedMb: expect.maxMemoryUsedMB,
        status: expect.status,
        errorType: expect.errorType,
      },
    };
  }
  const { requestId, status, metrics } = entry.json.record;
  return {
    name: entry.name,
    text: JSON.stringify(entry.json),
    report: {
      requestId,
      durationMs: metrics['durationMs'] ?? null,
      billedMs: metrics['billedDurationMs'] ?? null,
      initMs: metrics['initDurationMs'] ?? null,
      restoreMs: metrics['restoreDurationMs'] ?? null,
      billedRestoreMs: metrics['billedRestoreDurationMs'] ?? null,
      memorySizeMb: metrics['memorySizeMB'] ?? null,
      maxMemoryUsedMb: metrics['maxMemoryUsedMB'] ?? null,
      status: status ?? null,
      errorType: null,
    },
  };
});

export const OTHER_SYSTEM_LINES = FILE.otherSystemLines;

/** How the invocation of a fixture ended, by hand from its text. */
export const OUTCOMES: Readonly<Record<string, string>> = {
  'error-new-style': 'error',
  'timeout-new-style': 'timeout',
  'timeout-old-style': 'timeout',
  'crash-old-style': 'error',
  'import-error': 'error',
};

/** Everything that a reader finds in a log that comes in these chunks. */
export function readChunks(chunks: readonly string[]): readonly LogRecord[] {
  const reader = new PlatformLogReader();
  return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
}

/** The same from the bytes of a log, in pieces of these lengths by turns, with the lines left out and the copies. */
export function searchBytes(
  bytes: Buffer,
  lengths: readonly number[],
): {
  readonly records: readonly LogRecord[];
  readonly leftOut: number;
  readonly copies: number;
} {
  const reader = new PlatformLogReader();
  const search = new ByteSearch(reader);
  const records: LogRecord[] = [];
  for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
    const end = start + (lengths[turn % lengths.length] ?? 1);
    records.push(...search.push(bytes.subarray(start, end)));
    start = end;
  }
  records.push(...reader.end());
  return { records, leftOut: reader.leftOut, copies: reader.copies };
}

export function readText(text: string): readonly LogRecord[] {
  return readChunks([text]);
}

export function reportsIn(text: string): readonly PlatformReport[] {
  return readText(text).map(({ report }) => report);
}

export function idsIn(text: string): readonly string[] {
  return reportsIn(text).map(({ requestId }) => requestId);
}

/** A REPORT line as Lambda prints it for a warm invocation. */
export function warmReport(requestId: string, durationMs = 12.34): string {
  return `REPORT RequestId: ${requestId}\tDuration: ${durationMs} ms\tBilled Duration: ${Math.ceil(durationMs)} ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\t\n`;
}

/** A whole warm invocation; `inside` is what the application prints. */
export function invocation(requestId: string, inside = '', durationMs = 12.34): string {
  return `START RequestId: ${requestId} Version: $LATEST\n${inside}END RequestId: ${requestId}\n${warmReport(requestId, durationMs)}`;
}

/** The same with the events of a JSON log. */
export function jsonInvocation(requestId: string, inside = '', durationMs = 12.345): string {
  const start = { time: '2024-03-04T17:22:38.033Z', type: 'platform.start', record: { requestId } };
  const report = {
    time: '2024-03-04T17:22:38.053Z',
    type: 'platform.report',
    record: {
      requestId,
      metrics: {
        durationMs,
        billedDurationMs: Math.ceil(durationMs),
        memorySizeMB: 128,
        maxMemoryUsedMB: 64,
      },
      status: 'success',
    },
  };
  return `${JSON.stringify(start)}\n${inside}${JSON.stringify(report)}\n`;
}
