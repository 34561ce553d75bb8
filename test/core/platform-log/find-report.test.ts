import { describe, expect, it } from 'vitest';
import { findReport } from '../../../src/core/platform-log/find-report.ts';
import { invocation, jsonInvocation, warmReport } from './platform-logs.ts';

const ID = 'b70435cc-261c-4438-b9b6-efe4c8f04b21';
const OTHER = '00000000-0000-4000-8000-000000000000';
const NODE_PREFIX = `2024-03-04T17:22:38.033Z\t${ID}\tINFO\t`;

function durationIn(tail: string): number | null {
  return findReport(tail, ID).report?.durationMs ?? null;
}

describe('an application line that looks like a report', () => {
  it.each([
    ['of another request', warmReport(OTHER, 1)],
    ['of the same request', warmReport(ID, 1)],
    ['behind the prefix of the Node runtime', NODE_PREFIX + warmReport(ID, 1)],
    ['behind a timestamp', `2024-03-04T17:22:38.033Z ${warmReport(ID, 1)}`],
    ['indented', `  ${warmReport(ID, 1)}`],
    [
      'inside of a JSON log line',
      `${JSON.stringify({ level: 'INFO', message: warmReport(ID, 1) })}\n`,
    ],
    ['as an event of the platform in JSON', jsonInvocation(ID, '', 1)],
    [
      'as such an event inside of a message',
      `${JSON.stringify({ message: jsonInvocation(ID, '', 1) })}\n`,
    ],
    ['of another type', jsonInvocation(ID, '', 1).replaceAll('platform.', 'application.')],
    ['several times over', warmReport(ID, 1).repeat(5) + warmReport(OTHER, 1).repeat(5)],
    ['without a line end', warmReport(OTHER, 1).trimEnd()],
  ])('does not fool: %s', (_, line) => {
    expect(durationIn(invocation(ID, `${line.trimEnd()}\n`))).toBe(12.34);
    expect(durationIn(jsonInvocation(ID, `${line.trimEnd()}\n`))).toBe(12.345);
  });

  it.each([
    ['of another request', warmReport(OTHER, 1)],
    ['behind a prefix', NODE_PREFIX + warmReport(ID, 1)],
    ['that says no duration', `REPORT RequestId: ${ID}\tdone\n`],
    ['with more behind the request id', warmReport(`${ID}-1`, 1)],
    ['with more before it', `X${warmReport(ID, 1)}`],
  ])('is no report where there is none: %s', (_, line) => {
    expect(durationIn(`START RequestId: ${ID} Version: $LATEST\n${line}`)).toBeNull();
  });

  it('does not hide the report when it comes behind it and says nothing', () => {
    expect(durationIn(`${invocation(ID)}REPORT RequestId: ${ID}\tdone\n`)).toBe(12.34);
  });
});

describe('a report in JSON behind text without a line break', () => {
  const [report = ''] = jsonInvocation(ID, '', 7).trimEnd().split('\n').slice(-1);

  it.each([
    ['text', 'done without a line break'],
    ['an object of the application', '{"level":"INFO","message":"done"}'],
    ['an event of the platform', jsonInvocation(ID, '', 3).trimEnd()],
  ])('is read: behind %s', (_, text) => {
    expect(durationIn(`${text}${report}\n`)).toBe(7);
  });

  it('is not read where it belongs to another request, or is inside of a text', () => {
    expect(durationIn(`done${report.replaceAll(ID, OTHER)}\n`)).toBeNull();
    expect(durationIn(`done ${JSON.stringify({ message: report })}\n`)).toBeNull();
    expect(durationIn(`done${report} and more\n`)).toBeNull();
  });
});

describe('a tail that is cut off', () => {
  const log = invocation(ID, `${NODE_PREFIX}${warmReport(ID, 1)}`.repeat(20));

  it('is read from any first character on, as long as the report is whole', () => {
    const reportStart = log.lastIndexOf('\nREPORT') + 1;
    for (let start = 0; start <= reportStart; start += 1) {
      expect(durationIn(log.slice(start))).toBe(12.34);
    }
    for (let start = reportStart + 1; start <= log.length; start += 1) {
      expect(durationIn(log.slice(start))).toBeNull();
    }
  });

  it('begins with half a JSON event', () => {
    const tail = jsonInvocation(ID, '{"level":"INFO","message":"hello"}\n'.repeat(3));
    for (let start = 0; start <= tail.lastIndexOf('\n{'); start += 1) {
      expect(durationIn(tail.slice(start))).toBe(12.345);
    }
  });

  it('mixes text and JSON', () => {
    const text = 'telemetry {not json\n{"half": \nEXTENSION\tName: agent\tState: Ready\n';
    expect(durationIn(text + jsonInvocation(ID, text) + text)).toBe(12.345);
    expect(durationIn(`{"a":1}\n${invocation(ID, '{"type":"platform.report"}\n')}{"b":2}`)).toBe(
      12.34,
    );
  });

  it('holds nothing', () => {
    const nothing = { report: null, timedOut: false, crash: null, initReport: null };
    for (const tail of ['', '\n', '\n\n\n', '{', 'REPORT', 'REPORT RequestId:', '\u0000']) {
      expect(findReport(tail, ID)).toEqual(nothing);
    }
  });
});

describe('the other signs of an invocation', () => {
  const timedOutLine = `2024-03-04T17:22:38.033Z ${ID} Task timed out after 3.00 seconds\n`;
  const crashLine = `RequestId: ${ID} Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n`;

  it('are found before the END line and behind the report', () => {
    // Before: Developer Guide, "Lambda execution environment lifecycle". Behind: logs of 2016 to 2022.
    for (const tail of [
      invocation(ID, timedOutLine + crashLine),
      `${invocation(ID)}${timedOutLine}\n\n${crashLine}`,
    ]) {
      expect(findReport(tail, ID)).toMatchObject({
        report: { durationMs: 12.34 },
        timedOut: true,
        crash: 'Runtime exited with error: signal: killed',
      });
    }
  });

  it.each([
    ['of another request', timedOutLine.replace(ID, OTHER)],
    ['as part of a message', NODE_PREFIX + timedOutLine],
    ['without a timestamp', timedOutLine.slice(25)],
    ['with more behind it', timedOutLine.trimEnd() + ', retrying\n'],
    ['without a number', timedOutLine.replace('3.00', 'some')],
  ])('are no timeout: %s', (_, line) => {
    expect(findReport(invocation(ID, line), ID).timedOut).toBe(false);
  });

  it('are no crash for another request, or inside of a message', () => {
    const lines = crashLine.replace(ID, OTHER) + NODE_PREFIX + crashLine;
    expect(findReport(invocation(ID, lines), ID).crash).toBeNull();
  });

  it('tell of the last init', () => {
    // Observed: both lines come before START when an init fails and is run again.
    const inits =
      'INIT_REPORT Init Duration: 0.27 ms\tPhase: init\tStatus: error\tError Type: Runtime.InvalidEntrypoint\n' +
      'INIT_REPORT Init Duration: 0.28 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.InvalidEntrypoint\n';
    expect(findReport(inits + invocation(ID), ID).initReport).toEqual({
      initMs: 0.28,
      phase: 'invoke',
      status: 'error',
      errorType: 'Runtime.InvalidEntrypoint',
    });
  });

  it('tell of an init in JSON', () => {
    const init = {
      type: 'platform.initReport',
      record: { phase: 'invoke', status: 'timeout', metrics: { durationMs: 10_000.5 } },
    };
    const tail = `${JSON.stringify(init)}\n${jsonInvocation(ID)}`;
    expect(findReport(tail, ID)).toMatchObject({
      report: { durationMs: 12.345 },
      initReport: { initMs: 10_000.5, phase: 'invoke', status: 'timeout', errorType: null },
    });
  });
});

describe('an event of the platform in JSON', () => {
  const event = (record: unknown, type: unknown = 'platform.report'): string =>
    JSON.stringify({ record, type, time: '2024-03-04T17:22:38.033Z' });
  const metrics = { durationMs: 693.92, billedDurationMs: 694 };

  it('has its keys in any order, and more of them', () => {
    const tail = event({
      spans: [{ name: 'responseLatency', start: '2024-03-04T17:22:38.033Z', durationMs: 5 }],
      tracing: { type: 'X-Amzn-Trace-Id', value: 'Root=1' },
      metrics: { ...metrics, newMetric: 7, maxMemoryUsedMB: 84 },
      status: 'failure',
      errorType: 'Error',
      requestId: ID,
    });
    expect(findReport(tail, ID).report).toMatchObject({
      durationMs: 693.92,
      maxMemoryUsedMb: 84,
      memorySizeMb: null,
      status: 'failure',
      errorType: 'Error',
    });
  });

  it('says only the duration on Lambda Managed Instances', () => {
    const tail = event({ requestId: ID, status: 'success', metrics: { durationMs: 5.5 } });
    expect(findReport(tail, ID).report).toMatchObject({ durationMs: 5.5, billedMs: null });
  });

  it.each([
    ['no record', event(undefined)],
    ['a list for a record', event([{ requestId: ID, metrics }])],
    ['no metrics', event({ requestId: ID })],
    ['metrics that are no object', event({ requestId: ID, metrics: [693.92] })],
    ['a request id that is no text', event({ requestId: 5, metrics })],
    ['a duration in words', event({ requestId: ID, metrics: { durationMs: '693.92' } })],
    ['a negative duration', event({ requestId: ID, metrics: { durationMs: -1 } })],
    ['a duration beyond all numbers', event({ requestId: ID, metrics }).replace('693.92', '1e999')],
    ['another type', event({ requestId: ID, metrics }, 'platform.reports')],
    ['a list for a type', event({ requestId: ID, metrics }, ['platform.report'])],
    ['more behind it', `${event({ requestId: ID, metrics })}.`],
    ['more before it', `.${event({ requestId: ID, metrics })}`],
  ])('is no report with %s', (_, tail) => {
    expect(findReport(tail, ID).report).toBeNull();
  });
});
