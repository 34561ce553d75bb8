import { expect, test } from 'vitest';
import { applicationLines } from '../../../src/core/platform-log/application-lines.ts';

test('the application lines of a log leave out what the platform and the runtime put in', () => {
  const id = '1b6f2c10-5a77-4e0e-9d0b-3f4c8a9e7a01';
  const log = [
    'INIT_START Runtime Version: nodejs:20.v30\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:1',
    `START RequestId: ${id} Version: 3`,
    `2026-11-28T12:00:00.000Z\t${id}\tINFO\treading an order`,
    `2026-11-28T12:00:00.001Z\t${id}\tWARN\tslow`,
    'printed by something else',
    `2026-11-28T12:00:00.002Z\t${id}\tERROR\tInvoke Error \t{"errorType":"TypeError"}`,
    '',
    `END RequestId: ${id}`,
    `REPORT RequestId: ${id}\tDuration: 2.00 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\t`,
    '{"time":"2026-11-28T12:00:00.000Z","type":"platform.report","record":{}}',
  ].join('\n');
  expect(applicationLines(log)).toEqual([
    'reading an order',
    'WARN slow',
    'printed by something else',
  ]);
});

test('the application lines of a Python function leave out level INFO, time and request id', () => {
  const id = '1b6f2c10-5a77-4e0e-9d0b-3f4c8a9e7a01';
  const log = [
    'printed',
    `[INFO]\t2026-11-28T12:00:00.000Z\t${id}\treading an order`,
    `[WARNING]\t2026-11-28T12:00:00.001Z\t${id}\tslow`,
    '[ERROR]\t2026-11-28T12:00:00.001Z\t\tbefore the first event',
    '[ERROR] KeyError: \'id\'\rTraceback (most recent call last):\r\u00a0\u00a0File "/var/task/app.py", line 3, in handler',
    '[ERROR] said by the function itself',
  ].join('\n');
  expect(applicationLines(log)).toEqual([
    'printed',
    'reading an order',
    'WARNING slow',
    'ERROR before the first event',
    '[ERROR] said by the function itself',
  ]);
});
