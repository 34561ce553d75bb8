import { expect, test } from 'vitest';
import { streamPrefixes } from '../../../src/core/platform-log/stream-prefixes.ts';

const NOON = Date.UTC(2026, 10, 28, 12);
const ORDERS = {
  functionName: 'orders',
  logGroup: '/aws/lambda/orders',
  versions: ['7'],
  startedFromMs: NOON,
  startedToMs: NOON + 3_600_000,
};

test('the streams of a version in Lambda’s own group begin with its day and number', () => {
  expect(streamPrefixes(ORDERS)).toEqual(['2026/11/28/[7]']);
});

test('a function named by an ARN has the group of its bare name', () => {
  const functionName = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
  expect(streamPrefixes({ ...ORDERS, functionName })).toEqual(['2026/11/28/[7]']);
});

test('every day and every version has a prefix of its own', () => {
  const startedToMs = NOON + 86_400_000;
  expect(streamPrefixes({ ...ORDERS, versions: ['7', '$LATEST'], startedToMs })).toEqual([
    '2026/11/28/[7]',
    '2026/11/28/[$LATEST]',
    '2026/11/29/[7]',
    '2026/11/29/[$LATEST]',
  ]);
});

test('half a minute before midnight the clock of another machine may be in the next day', () => {
  const nearly = Date.UTC(2026, 10, 28, 23, 59, 30);
  expect(streamPrefixes({ ...ORDERS, startedFromMs: nearly, startedToMs: nearly })).toEqual([
    '2026/11/28/[7]',
    '2026/11/29/[7]',
  ]);
});

test.each([
  ['a group of another name, whose streams are named otherwise', { logGroup: '/shop/all' }],
  ['no version', { versions: [] }],
  [
    'more searches than one of everything is worth',
    { versions: ['1', '2', '3', '4', '5', '6', '7'] },
  ],
])('the whole group is searched for %s', (_what, changed) => {
  expect(streamPrefixes({ ...ORDERS, ...changed })).toBeNull();
});
