import { expect, test } from 'vitest';
import { readLogLine } from '../../src/cli/serve/log-lines.ts';

test('the time and the stream in front of a line of aws logs tail are read and taken off', () => {
  const line =
    '2026-11-20T10:00:00.123000+00:00 2026/11/20/[7]abc REPORT RequestId: a\tDuration: 1.00 ms';
  expect(readLogLine(line)).toEqual({
    atMs: Date.UTC(2026, 10, 20, 10, 0, 0, 123),
    stream: '2026/11/20/[7]abc',
    message: 'REPORT RequestId: a\tDuration: 1.00 ms',
  });
});

test('the time in front of an exported message of the platform is read and taken off', () => {
  expect(readLogLine('2026-11-20T10:00:00.000Z REPORT RequestId: a')).toEqual({
    atMs: Date.UTC(2026, 10, 20, 10),
    stream: null,
    message: 'REPORT RequestId: a',
  });
});

test('the time that an application prints is read and stays in its line', () => {
  const line = '2026-11-20T10:00:00.000Z\tid\tINFO\thello';
  expect(readLogLine(line)).toEqual({
    atMs: Date.UTC(2026, 10, 20, 10),
    stream: null,
    message: line,
  });
});

test('a JSON log line is dated by its own time', () => {
  const line = '{"time":"2026-11-20T10:00:00.000Z","type":"platform.report"}';
  expect(readLogLine(line).atMs).toBe(Date.UTC(2026, 10, 20, 10));
});
