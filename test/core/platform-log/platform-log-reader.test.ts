import { describe, expect, it } from 'vitest';
import { coldOf } from '../../../src/core/platform-log/log-finding.ts';
import { NO_REPLY, outcomeOf } from '../../../src/core/platform-log/outcome-of.ts';
import { PlatformLogReader } from '../../../src/core/platform-log/platform-log-reader.ts';
import {
  idsIn,
  invocation,
  jsonInvocation,
  readText,
  reportsIn,
  warmReport,
} from './platform-logs.ts';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = 'bbbbbbbb-0000-4000-8000-000000000002';
const FAKE = 'ffffffff-0000-4000-8000-00000000000f';

function outcomesIn(text: string): readonly string[] {
  return readText(text).map((record) => outcomeOf(record, NO_REPLY));
}

describe('a log', () => {
  it('holds invocations in their order, whatever lies between', () => {
    const log = `INIT_START Runtime Version: nodejs:20.v71\n${invocation(A, 'hello\n')}\n\n${invocation(B, '{"a":1}\n')}bye`;
    expect(idsIn(log)).toEqual([A, B]);
  });

  it('may be JSON, text, and both in turn', () => {
    expect(idsIn(jsonInvocation(A) + invocation(B) + jsonInvocation(B) + invocation(A))).toEqual([
      A,
      B,
      B,
      A,
    ]);
  });

  it('holds a request twice when it was retried', () => {
    const timedOut = `2024-03-04T17:22:38.033Z ${A} Task timed out after 3.00 seconds\n`;
    expect(outcomesIn(invocation(A, timedOut) + invocation(A))).toEqual(['timeout', 'ok']);
  });

  it('counts a report once that stands in it again, as where it was put together from parts that overlap', () => {
    const reader = new PlatformLogReader();
    const part = invocation(A) + invocation(B) + jsonInvocation(FAKE);
    const records = [...reader.push(part + invocation(A, '', 99) + part), ...reader.end()];
    expect(records.map(({ report }) => [report.requestId, report.durationMs])).toEqual([
      [A, 12.34],
      [B, 12.34],
      [FAKE, 12.345],
      [A, 99],
    ]);
    expect(reader.copies).toBe(3);
  });

  it('counts each timeout of a retried event, though Lambda writes the same report for it', () => {
    const report = `${warmReport(A, 3000).trimEnd()}\tStatus: timeout\n`;
    const once = `START RequestId: ${A} Version: $LATEST\nEND RequestId: ${A}\n${report}`;
    expect(outcomesIn(once.repeat(3))).toEqual(['timeout', 'timeout', 'timeout']);
  });

  it('may be filtered for reports, or lack some of the lines around them', () => {
    const log = invocation(A) + invocation(B);
    for (const kept of [/^REPORT/, /^(END|REPORT)/, /^(START|REPORT)/]) {
      const lines = log.split('\n').filter((line) => kept.test(line));
      expect(idsIn(lines.join('\n'))).toEqual([A, B]);
    }
  });

  it('may begin and end anywhere', () => {
    const log = invocation(A, 'hello\n') + invocation(B, 'hello\n');
    const lastReport = log.lastIndexOf('\nREPORT') + 1;
    for (let start = 0; start < lastReport; start += 1) {
      const ids = idsIn(log.slice(start));
      expect(ids.at(-1)).toBe(B);
      if (start <= log.indexOf('REPORT')) expect(ids).toEqual([A, B]);
    }
  });

  it('may be printed newest first', () => {
    const lines = (invocation(A) + invocation(B)).trimEnd().split('\n');
    expect(idsIn(lines.toReversed().join('\n'))).toEqual([B, A]);
    // CloudWatch gives END and REPORT the same time, so some tools leave these two in order.
    const stable = [A, B].toReversed().map((id) => {
      const [start = '', end = '', report = ''] = invocation(id).split('\n');
      return [end, report, start].join('\n');
    });
    expect(idsIn(stable.join('\n'))).toEqual([B, A]);
  });

  it('gives its invocations as soon as they are certain', () => {
    const next = 'START RequestId: next Version: $LATEST\n';
    for (const kept of [/^REPORT/, /^(END|REPORT)/, /^(START|REPORT)/, /./]) {
      const lines = invocation(A)
        .split('\n')
        .filter((line) => kept.test(line));
      const reader = new PlatformLogReader();
      const first = lines.join('\n').padEnd(300);
      expect(reader.push(`${first}\n${next}`).map(({ report }) => report.requestId)).toEqual([A]);
    }
  });

  it('takes nothing for a part of a report that does not follow it at once', () => {
    const [report] = reportsIn(
      'REPORT RequestId: x\tDuration: 5 ms\nhello\nBilled Duration: 6 ms\n',
    );
    expect(report).toMatchObject({ durationMs: 5, billedMs: null });
  });

  it('may mix invocations that run at the same time', () => {
    const [startA = '', endA = '', reportA = ''] = invocation(A).split('\n');
    const [startB = '', endB = '', reportB = ''] = invocation(B).split('\n');
    const mixed = [startA, startB, endA, endB, reportB, reportA].join('\n');
    expect(idsIn(mixed)).toEqual([B, A]);
    expect(idsIn([startA, startB, endB, reportB, endA, reportA].join('\n'))).toEqual([B, A]);
  });

  it.each(['\uFEFF', '\u00EF\u00BB\u00BF'])('may begin with a byte order mark', (mark) => {
    expect(idsIn(mark + warmReport(A))).toEqual([A]);
  });
});

describe('a line at the beginning of a line that an application printed', () => {
  it.each([
    ['of another request', warmReport(FAKE, 1)],
    ['of its own request', warmReport(A, 1)],
    ['of its own request, twice', warmReport(A, 1) + warmReport(A, 2)],
    ['of the invocation before', warmReport(B, 1)],
    ['in JSON', jsonInvocation(A, '', 1).split('\n')[1] ?? ''],
    ['behind a prefix', `2024-03-04T17:22:38.033Z\t${A}\tINFO\t${warmReport(A, 1)}`],
    ['behind a timestamp', `2024-03-04T17:22:38.033Z ${warmReport(A, 1)}`],
    ['behind a timestamp and a tab', `2024-03-04T17:22:38+00:00\t${warmReport(FAKE, 1)}`],
    [
      'in an event like CloudWatch wraps it',
      JSON.stringify({ timestamp: 1, message: warmReport(A, 1) }),
    ],
  ])('is no report %s', (_, line) => {
    const log = invocation(B) + invocation(A, `${line.trimEnd()}\n`) + invocation(B);
    expect(reportsIn(log)).toEqual(reportsIn(invocation(B) + invocation(A) + invocation(B)));
    // The same at the very beginning of a log, where nothing else is known yet.
    const first = invocation(A, `${line.trimEnd()}\n`);
    expect(reportsIn(first)).toEqual(reportsIn(invocation(A)));
  });

  it('is no report of a JSON log, in text', () => {
    const log = jsonInvocation(A, warmReport(FAKE, 1) + warmReport(A, 1)) + jsonInvocation(B);
    expect(reportsIn(log)).toEqual(reportsIn(jsonInvocation(A) + jsonInvocation(B)));
  });

  it('is counted when it is left out', () => {
    const reader = new PlatformLogReader();
    reader.push(invocation(A, warmReport(FAKE, 1).repeat(3)));
    reader.push(jsonInvocation(B, warmReport(FAKE, 1)));
    reader.end();
    expect(reader.leftOut).toBe(2);
  });
});

describe('signs of an invocation outside of its report', () => {
  const timedOut = `2024-03-04T17:22:38.033Z ${A} Task timed out after 3.00 seconds\n`;
  const crash = `RequestId: ${A} Error: Runtime exited without providing a reason\nRuntime.ExitError\n`;

  it.each([
    ['before END', invocation(A, `${timedOut}\n`), 'timeout'],
    ['behind REPORT', `${invocation(A)}${timedOut}\n`, 'timeout'],
    [
      'behind X-Ray',
      `${invocation(A)}XRAY TraceId: 1-6ac7\tSegmentId: 2d54\tSampled: true\t\n\n${timedOut}\n`,
      'timeout',
    ],
    ['between filtered reports', `${warmReport(A)}${timedOut}`, 'timeout'],
    ['as a crash', invocation(A, crash), 'error'],
    ['as a crash behind REPORT', invocation(A) + crash, 'error'],
    [
      'exported with two timestamps',
      `2024-03-04T17:22:38.033Z ${timedOut}${warmReport(A)}`,
      'timeout',
    ],
  ])('are taken in %s', (_, text, outcome) => {
    expect(outcomesIn(text + invocation(B))).toEqual([outcome, 'ok']);
  });

  it('belong to their own request', () => {
    expect(outcomesIn(invocation(B, timedOut + crash) + invocation(B, '', 5))).toEqual([
      'ok',
      'ok',
    ]);
  });
});

describe('an INIT_REPORT', () => {
  const failed =
    'INIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError\n';
  const ahead = 'INIT_REPORT Init Duration: 83.58 ms\tPhase: init\n';
  const coldIn = (text: string): readonly string[] =>
    readText(text)
      .filter((record) => coldOf(record) === true)
      .map(({ report }) => report.requestId);

  it.each([
    ['before START', failed + invocation(A)],
    ['behind START', invocation(A, failed)],
    ['before a filtered report', failed + warmReport(A)],
    [
      'behind START, without END',
      `START RequestId: ${A} Version: $LATEST\n${failed}${warmReport(A)}`,
    ],
  ])('makes the next invocation cold, and no other: %s', (_, text) => {
    expect(coldIn(invocation(B) + text + invocation(B))).toEqual([A]);
    expect(coldIn(text + invocation(B))).toEqual([A]);
  });

  it('makes no invocation cold that it was ahead of', () => {
    expect(coldIn(ahead + invocation(A))).toEqual([]);
  });

  it('belongs to its own log stream', () => {
    const stream = (name: string, text: string): string =>
      text
        .trimEnd()
        .replaceAll(/^/gm, `2024-03-04T17:22:38.033000+00:00 2024/03/04/[$LATEST]${name} `) + '\n';
    const log = stream('1', failed) + stream('2', invocation(B)) + stream('1', invocation(A));
    expect(readText(log).map((record) => [record.report.requestId, coldOf(record)])).toEqual([
      [B, false],
      [A, true],
    ]);
  });
});

describe('memory', () => {
  it('is bounded by lines that end, not by those that never do', () => {
    const reader = new PlatformLogReader();
    for (let count = 0; count < 200; count += 1) reader.push('x'.repeat(100_000));
    reader.push(`\n${warmReport(A)}`);
    for (let count = 0; count < 200; count += 1)
      reader.push(`{"type":"platform.report"${' '.repeat(100_000)}`);
    reader.push(`\n${warmReport(B)}`);
    const records = [...reader.push(''), ...reader.end()];
    expect(records.map(({ report }) => report.requestId)).toContain(B);
  });

  it('takes the end of a line that is too long for no line', () => {
    const reader = new PlatformLogReader();
    reader.push('x'.repeat(2_000_000));
    expect([...reader.push(`${warmReport(A)}${warmReport(B)}`), ...reader.end()]).toHaveLength(1);
  });

  it('keeps only the newest of invocations that never end', () => {
    const reader = new PlatformLogReader();
    const ids = Array.from({ length: 50_000 }, (_, index) => `id-${index}`);
    for (const id of ids) {
      reader.push(
        `START RequestId: ${id} Version: $LATEST\n2024-03-04T17:22:38.033Z ${id} Task timed out after 3.00 seconds\n`,
      );
    }
    const records = ids.flatMap((id) => reader.push(`END RequestId: ${id}\n${warmReport(id)}\n`));
    const outcomes = [...records, ...reader.end()].map((record) => outcomeOf(record, NO_REPLY));
    expect(outcomes).toHaveLength(50_000);
    expect(outcomes.at(0)).toBe('ok');
    expect(outcomes.at(-1)).toBe('timeout');
  });

  it('lets go of reports that were held back', () => {
    const reader = new PlatformLogReader();
    reader.push(`END RequestId: ${B}\nSTART RequestId: ${A} Version: $LATEST\n`);
    for (let index = 0; index < 30_000; index += 1) reader.push(warmReport(`fake-${index}`));
    expect(reader.leftOut).toBeGreaterThan(19_000);
  });
});
