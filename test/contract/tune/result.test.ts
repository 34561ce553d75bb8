import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { resultJsonSchema, resultSchema } from '../../../src/contract/tune/result.ts';
import { powerdial, scratch } from '../../cli/powerdial.ts';

const RECORDING = {
  name: 'orders',
  memory: {
    '128': { warmMs: [1600], initMs: [150], maxMemoryUsedMb: 128, outcome: 'out-of-memory' },
    '512': { warmMs: [399, 400, 401], initMs: [150], maxMemoryUsedMb: 70 },
    '1769': { warmMs: [115.7, 115.8, 115.9], initMs: [150], maxMemoryUsedMb: 70 },
  },
};

const { file, remove } = scratch();
const recording = file('orders.json', JSON.stringify(RECORDING));

afterAll(remove);

test('the published JSON Schema of results is the one of the code; if not: npm run build && npm run docs', () => {
  const published: unknown = JSON.parse(readFileSync('docs/result.schema.json', 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(resultJsonSchema())));
});

test.each([
  ['settled', ['--memory', '128,512,1769', '--invocations', '20']],
  ['inconclusive', ['--memory', '512,1769', '--invocations', '2']],
  [
    'of two payloads',
    [
      ...['--memory', '512,1769', '--invocations', '20'],
      ...['--payload', '1={"a":1}', '--payload', '3={"a":2}'],
    ],
  ],
  [
    'of a month',
    ['--invocations-per-month', '1000000', '--memory', '512,1769', '--invocations', '20'],
  ],
])('a result that is %s has the keys of the schema, and no other', async (_, args) => {
  const command = ['tune', '--recorded', recording, '--json', '--quiet', '--seed', '1'];
  const { stdout, stderr } = await powerdial(...command, ...args);
  const result: unknown = JSON.parse(stdout === '' ? 'null' : stdout);
  expect(result, stderr).not.toBeNull();
  expect(resultSchema.parse(result)).toEqual(result);
});
