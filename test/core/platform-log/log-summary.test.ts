import { describe, expect, it } from 'vitest';
import { logObservation } from '../../../src/core/platform-log/log-observation.ts';
import { LogSummary } from '../../../src/core/platform-log/log-summary.ts';
import { readText } from './platform-logs.ts';

/** Each with its own request id; durations, memory and endings chosen so that the sums are easy by hand. */
const LOG = [
  'Duration: 10.00 ms\tBilled Duration: 10 ms\tMemory Size: 512 MB\tMax Memory Used: 80 MB',
  'Duration: 20.00 ms\tBilled Duration: 20 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB',
  'Duration: 40.00 ms\tBilled Duration: 340 ms\tMemory Size: 512 MB\tMax Memory Used: 70 MB\tInit Duration: 300.00 ms',
  'Duration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 512 MB\tMax Memory Used: 95 MB\tStatus: timeout',
  'Duration: 5.00 ms\tBilled Duration: 5 ms\tMemory Size: 512 MB\tMax Memory Used: 60 MB\tStatus: error\tError Type: Runtime.ExitError',
  'Duration: 7.00 ms\tBilled Duration: 7 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\tStatus: error\tError Type: Runtime.OutOfMemory',
]
  .map((fields, index) => `REPORT RequestId: id-${index}\t${fields}\n`)
  .join('');
const MANAGED = `${JSON.stringify({ type: 'platform.report', record: { requestId: 'id-6', status: 'success', metrics: { durationMs: 1.5 } } })}\n`;

function summaryOf(log: string): LogSummary {
  const summary = new LogSummary();
  for (const record of readText(log)) summary.add(record);
  return summary;
}

describe('a summary', () => {
  it('has a row for each memory size, and one for what says none', () => {
    const summary = summaryOf(LOG + MANAGED);
    expect(summary.invocations).toBe(7);
    expect(summary.rows()).toEqual([
      {
        memorySizeMb: 128,
        invocations: 1,
        coldStarts: 0,
        // Running out of memory is in no duration.
        durationMs: { p50: null, p95: null, p99: null, max: null },
        coldDurationMs: { p50: null, max: null },
        initMs: { p50: null, max: null },
        meanBilledMs: 7,
        maxMemoryUsedMb: 128,
        errors: 0,
        timeouts: 0,
        outOfMemory: 1,
      },
      {
        memorySizeMb: 512,
        invocations: 5,
        coldStarts: 1,
        // Of 10 and 20: ranks 0.5, 0.95 and 0.99 counted from 0. The 40 ms are a cold start's.
        durationMs: { p50: 15, p95: 19.5, p99: 19.9, max: 20 },
        coldDurationMs: { p50: 40, max: 40 },
        initMs: { p50: 300, max: 300 },
        // (10 + 20 + 340 + 3000 + 5) ÷ 5
        meanBilledMs: 675,
        maxMemoryUsedMb: 95,
        errors: 1,
        timeouts: 1,
        outOfMemory: 0,
      },
      {
        memorySizeMb: null,
        invocations: 1,
        coldStarts: 0,
        durationMs: { p50: 1.5, p95: 1.5, p99: 1.5, max: 1.5 },
        coldDurationMs: { p50: null, max: null },
        initMs: { p50: null, max: null },
        meanBilledMs: null,
        maxMemoryUsedMb: null,
        errors: 0,
        timeouts: 0,
        outOfMemory: 0,
      },
    ]);
  });

  it('doubles its counts and nothing else for the same log twice', () => {
    const once = summaryOf(LOG).rows();
    const twice = summaryOf(LOG + LOG.replaceAll('id-', 'other-')).rows();
    expect(twice.map(({ invocations }) => invocations)).toEqual(
      once.map(({ invocations }) => invocations * 2),
    );
    expect(twice.map(({ meanBilledMs }) => meanBilledMs)).toEqual(
      once.map(({ meanBilledMs }) => meanBilledMs),
    );
  });

  it('is empty for no log', () => {
    expect(summaryOf('').rows()).toEqual([]);
  });
});

describe('an observation of a log', () => {
  it('has the keys that the command promises, null where the log does not say', () => {
    expect(
      readText(LOG + MANAGED)
        .map(logObservation)
        .slice(4),
    ).toEqual([
      {
        requestId: 'id-4',
        durationMs: 5,
        billedMs: 5,
        initMs: null,
        restoreMs: null,
        billedRestoreMs: null,
        memorySizeMb: 512,
        maxMemoryUsedMb: 60,
        cold: false,
        outcome: 'error',
        errorType: 'Runtime.ExitError',
      },
      {
        requestId: 'id-5',
        durationMs: 7,
        billedMs: 7,
        initMs: null,
        restoreMs: null,
        billedRestoreMs: null,
        memorySizeMb: 128,
        maxMemoryUsedMb: 128,
        cold: false,
        outcome: 'out-of-memory',
        errorType: 'Runtime.OutOfMemory',
      },
      {
        requestId: 'id-6',
        durationMs: 1.5,
        billedMs: null,
        initMs: null,
        restoreMs: null,
        billedRestoreMs: null,
        memorySizeMb: null,
        maxMemoryUsedMb: null,
        cold: null,
        outcome: 'ok',
        errorType: null,
      },
    ]);
  });
});
