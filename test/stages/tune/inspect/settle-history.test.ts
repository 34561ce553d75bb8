import { expect, test } from 'vitest';
import { inputSchema } from '../../../../src/contract/tune/input.ts';
import { settleHistory } from '../../../../src/stages/tune/inspect/settle-history.ts';
import { withHistoryThatFits } from '../../../../src/stages/tune/inspect/refuse-large-state.ts';
import { settled } from '../../../core/observed.ts';

function settledFrom(raw: Readonly<Record<string, unknown>>, isOnAws: boolean) {
  return settleHistory(inputSchema.parse({ function: 'orders', ...raw }), raw, isOnAws);
}

test('without a word two weeks are read on AWS, for a cent at most, and nowhere else', () => {
  expect(settledFrom({}, true)).toEqual({
    days: 14,
    maxUsd: 0.01,
    isAsked: false,
    fills: ['coldShare', 'invocationsPerMonth'],
  });
  expect(settledFrom({}, false)).toBe(false);
});

test('a history that the input asks for is read wherever the function is, and fills in nothing that the input names', () => {
  expect(settledFrom({ history: { days: 3 }, coldShare: 0.01 }, false)).toEqual({
    days: 3,
    maxUsd: 0.5,
    isAsked: true,
    fills: ['invocationsPerMonth'],
  });
  expect(settledFrom({ history: false }, true)).toBe(false);
});

test('the input of aws-lambda-power-tuning means what it means there: no history', () => {
  const raw = { lambdaARN: 'orders', num: 10 };
  expect(settleHistory(inputSchema.parse({ function: 'orders' }), raw, true)).toBe(false);
});

test('history that nobody asked for gives way where a state cannot hold it, and asked for it stays', () => {
  const most = { mostSizes: 46, mostVersions: 46, mostInvocations: 8000, triggers: [] };
  const payloads = Array.from({ length: 100 }, () => ({
    sha256: 'a'.repeat(64),
    bytes: 2,
    weight: 1,
  }));
  const asked = { days: 14, maxUsd: 0.01, isAsked: true, fills: [] };
  const inPassing = settled({ payloads, history: { ...asked, isAsked: false } });
  expect(withHistoryThatFits({}, inPassing, most).history).toBe(false);
  const small = { ...most, mostInvocations: 500 };
  expect(withHistoryThatFits({}, inPassing, small).history).toMatchObject({ days: 14 });
  const wanted = settled({ payloads, history: asked });
  expect(withHistoryThatFits({}, wanted, most).history).toEqual(asked);
});
