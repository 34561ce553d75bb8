import { expect, test } from 'vitest';
import type { CheckStageInput } from '../../../src/contract/check/check-stages.ts';
import { passOverLost, reachOfCall } from '../../../src/stages/check/lost-calls.ts';
import { mostUsdOfSide } from '../../../src/stages/check/side-terms.ts';
import { FACTS } from '../../core/compare/sides.ts';

type State = CheckStageInput<'Measure'>;

const HEAD: State['sides']['head'] = {
  functionName: 'orders',
  version: '2',
  logGroup: '/aws/lambda/orders',
  logFormat: 'JSON',
  timeoutSeconds: 3,
  codeSha256: 'x',
  facts: { ...FACTS, key: { ...FACTS.key, layers: [] } },
};

function stateOf(progress: Partial<State['progress']>, more: Partial<State> = {}): State {
  return {
    run: { id: 'check-1', executionArn: 'embedded:check-1', startedAt: '2026-11-28T00:00:00Z' },
    source: {},
    sides: { base: { ...HEAD, version: '1' }, head: HEAD },
    look: { number: 1, invocationsPerSide: 250, environmentsPerSide: 8 },
    lostCalls: 1,
    ...more,
    progress: {
      observations: '',
      streams: { base: [], head: [] },
      sent: 0,
      ahead: { base: [], head: [] },
      spent: { invocations: 2, gbSeconds: 0, usd: 0 },
      lost: { calls: 0, invocations: 0 },
      trials: [],
      exhausted: false,
      ...progress,
    },
  };
}

test('a call makes at most 100 invocations of a side, and never more than the look', () => {
  const { look } = stateOf({});
  expect([0, 100, 200, 249].map((sent) => reachOfCall({ look }, { sent }))).toEqual([
    100, 200, 250, 250,
  ]);
});

test('a lost call counts as made to its end, each invocation at its worst case, but for those made before', () => {
  const { sent, ahead, spent, lost } = passOverLost(
    stateOf({ sent: 40, ahead: { base: [41, 42], head: [] } }),
    1,
  );
  // 100 of each side from the 40th on; two of the base had been made.
  expect({ sent, ahead, lost }).toEqual({
    sent: 140,
    ahead: { base: [], head: [] },
    lost: { calls: 1, invocations: 198 },
  });
  expect(spent.invocations).toBe(2 + 198);
  expect(spent.usd).toBeCloseTo(198 * mostUsdOfSide(HEAD), 12);
});

test('lost calls never charge more than the check may spend', () => {
  const { spent } = passOverLost(
    stateOf({ spent: { invocations: 2, gbSeconds: 0, usd: 0.0001 } }),
    0.0002,
  );
  expect(spent.usd).toBeCloseTo(0.0002, 12);
});

test('each lost call is accounted for once, and two in a row reach twice as far', () => {
  const once = passOverLost(stateOf({}), 1);
  expect(passOverLost(stateOf(once), 1)).toEqual(once);
  expect(passOverLost(stateOf({}, { lostCalls: 2 }), 1)).toMatchObject({
    sent: 200,
    lost: { calls: 2, invocations: 400 },
  });
});

test('a check without a base has lost invocations of the head alone', () => {
  const state = stateOf({}, { sides: { base: null, head: HEAD } });
  expect(passOverLost(state, 1).lost).toEqual({ calls: 1, invocations: 100 });
});
