import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { logRecords } from '../../../src/api/logs/log-records.ts';
import { logObservation } from '../../../src/core/platform-log/log-observation.ts';
import { PlatformLogReader } from '../../../src/core/platform-log/platform-log-reader.ts';

const IDS = [
  '1b6f2c10-5a77-4e0e-9d0b-3f4c8a9e7a01',
  '2c7f3d21-6b88-4f1f-8e1c-405d9bafb802',
] as const;
const TAILS = IDS.map(
  (id) =>
    `START RequestId: ${id} Version: $LATEST\nEND RequestId: ${id}\n` +
    `REPORT RequestId: ${id}\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 512 MB\tMax Memory Used: 88 MB\t\n`,
);
const ENCODED = TAILS.map((tail) => Buffer.from(tail).toString('base64'));
const WHOLE = Buffer.from(TAILS.join('')).toString('base64');

/** What a subscription delivers, packed. */
const PACKED = TAILS.map((message, index) =>
  gzipSync(
    JSON.stringify({
      messageType: 'DATA_MESSAGE',
      owner: '123456789012',
      logGroup: '/aws/lambda/f',
      logStream: '2026/11/20/[$LATEST]0123',
      subscriptionFilters: ['all'],
      logEvents: [{ id: String(index), timestamp: 1_795_161_601_250, message }],
    }),
  ).toString('base64'),
);

// aws/aws-cli #6204 and #3963 (a LogResult is base64), `base64` of GNU coreutils (lines of 76), index file 29477175659
// (an event of CloudWatch Logs for Lambda), Kinesis Developer Guide (GetRecords), Firehose's event for Lambda.
it.each([
  ['a LogResult in text', `${WHOLE}\n`],
  ['a LogResult in JSON, a text alone', `"${WHOLE}"\n`],
  ['the LogResults of several calls, one a line', `${ENCODED.join('\n')}\n`],
  ['a LogResult that base64 has folded', `${WHOLE.replace(/(.{76})/g, '$1\n')}\n`],
  ['the answer of Invoke in text', `$LATEST\t${WHOLE}\t200\n`],
  ['the answer of Invoke in text, with an error', `7\tUnhandled\t${WHOLE}\t200\n`],
  ['the packed record of a stream', `${PACKED.join('\n')}\n`],
  [
    'an event of CloudWatch Logs in a log of such events',
    `${JSON.stringify({ awslogs: { data: PACKED[0] } })}\n${JSON.stringify({ awslogs: { data: PACKED[1] } }, null, 2)}\n`,
  ],
  [
    'an event of Kinesis',
    JSON.stringify({ Records: PACKED.map((data) => ({ kinesis: { partitionKey: 'p', data } })) }),
  ],
  [
    'the answer of GetRecords',
    JSON.stringify({ Records: PACKED.map((Data) => ({ SequenceNumber: '1', Data })) }, null, 4),
  ],
  [
    'an event of Firehose',
    JSON.stringify({ invocationId: 'x', records: PACKED.map((data) => ({ recordId: '1', data })) }),
  ],
])('a log that is base64 is decoded: %s', async (_, text) => {
  expect(await idsIn(text)).toEqual(IDS);
});

it('a log that begins with a digest, as docker run prints one, is read as it is', async () => {
  expect(await idsIn(`${'3f2a9c41'.repeat(8)}\n${TAILS.join('')}`)).toEqual(IDS);
});

it('an event with records that are not packed is read as it is', async () => {
  expect(await idsIn(`{"Records":[{"body":"x"}]}\n${TAILS.join('')}`)).toEqual(IDS);
});

it('an application that prints such an event among its lines is not believed', async () => {
  const [first = '', second = ''] = TAILS;
  const event = JSON.stringify({ awslogs: { data: gzipSync(second).toString('base64') } });
  expect(await idsIn(first.replace('END', `${event}\nEND`))).toEqual([IDS[0]]);
});

async function idsIn(text: string): Promise<readonly (string | null)[]> {
  const reader = new PlatformLogReader();
  const records = [];
  const bytes = Buffer.from(text, 'latin1');
  for await (const found of logRecords(cut(bytes), reader)) records.push(...found);
  return [...records, ...reader.end()].map((record) => logObservation(record).requestId);
}

async function* cut(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += 50) {
    yield await Promise.resolve(bytes.subarray(start, start + 50));
  }
}
