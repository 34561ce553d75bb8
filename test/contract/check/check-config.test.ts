import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  checkConfigJsonSchema,
  parseCheckConfig,
} from '../../../src/contract/check/check-config.ts';
import { rulesOf } from '../../../src/contract/check/rules-of.ts';

function rules(raw: unknown): ReturnType<typeof rulesOf> {
  const parsed = parseCheckConfig(raw);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  return rulesOf(parsed.config, parsed.config.functions?.[0]);
}

function problems(raw: unknown): readonly string[] {
  const parsed = parseCheckConfig(raw);
  return parsed.kind === 'invalid' ? parsed.problems : [];
}

/** Beside all rules but those that say it themselves. */
const NO_RISE = { kind: 'regression', metric: 'errors', bound: 'max', limit: 0, level: 'error' };

test('without rules, duration.p50 and cost may not regress by more than 5 %, and errors may not rise', () => {
  expect(rules({})).toEqual([
    { kind: 'regression', metric: 'duration.p50', bound: 'max', limit: 0.05, level: 'error' },
    { kind: 'regression', metric: 'cost', bound: 'max', limit: 0.05, level: 'error' },
    NO_RISE,
  ]);
});

test.each([
  ['+1 point', 0.01],
  ['2.5 points', 0.025],
  ['+100 points', 1],
])('a rise of errors is limited in percentage points: %s', (max, limit) => {
  expect(rules({ regressions: { errors: { max } } })).toEqual([{ ...NO_RISE, limit }]);
});

test.each([
  ['duration.p95', { max: '800 ms' }, 'max', 800],
  ['duration.p95', { max: '1.5 s' }, 'max', 1500],
  ['duration.mean', { max: '12ms' }, 'max', 12],
  ['cost', { max: '2 USD/M' }, 'max', 2],
  ['memory.used', { max: '300 MB' }, 'max', 300],
  ['memory.headroom', { min: '20%' }, 'min', 0.2],
  ['timeout.headroom', { min: '50 %' }, 'min', 0.5],
  ['errors', { max: '0.5%' }, 'max', 0.005],
  ['errors', { max: '100%' }, 'max', 1],
] as const)('a budget is read with its unit: %s, %j', (metric, rule, bound, limit) => {
  expect(rules({ budgets: { [metric]: rule } })).toEqual([
    { kind: 'budget', metric, bound, limit, level: 'error' },
    NO_RISE,
  ]);
});

test("a function's own rules stand over those of the file", () => {
  const raw = {
    budgets: { 'duration.p95': { max: '1 s' } },
    functions: [{ function: 'orders', budgets: { 'duration.p95': { max: '2 s', level: 'warn' } } }],
  };
  expect(rules(raw)).toEqual([
    { kind: 'budget', metric: 'duration.p95', bound: 'max', limit: 2000, level: 'warn' },
    NO_RISE,
  ]);
});

describe('what is wrong comes back in one message, with the nearest known word', () => {
  test.each<[unknown, RegExp]>([
    [{ regresions: {} }, /"regresions" is not a known key; did you mean "regressions"\?/],
    [
      { budgets: { 'duration.p59': { max: '1 s' } } },
      /"duration\.p59" in budgets is not a known key; did you mean "duration\.p5?9?/,
    ],
    [{ budgets: { 'duration.p95': { max: '800' } } }, /a duration such as "800 ms"/],
    [{ budgets: { 'duration.p95': { max: 800 } } }, /wanted a string, it is 800/],
    [
      { budgets: { 'memory.headroom': { max: '20%' } } },
      /^budgets\.memory\.headroom: .* use min in place of max$/,
    ],
    [
      { functions: [{ function: 'a', budgets: { cost: { min: '2 USD/M', level: 'warn' } } }] },
      /^functions\[0\]\.budgets\.cost: .* use max in place of min$/,
    ],
    [{ budgets: { 'memory.headroom': { min: '120%' } } }, /a share such as "20%", at most 100%/],
    [{ budgets: { 'timeout.headroom': { min: '100.1%' } } }, /at most 100%/],
    [{ budgets: { errors: { max: '200%' } } }, /at most 100%/],
    [{ regressions: { cost: { max: '5' } } }, /a change such as "\+5%"/],
    [{ regressions: { errors: { max: '+5%' } } }, /percentage points such as "\+1 point"/],
    [{ regressions: { errors: { max: '+101 points' } } }, /at most 100 points/],
    [{ ignoreErrors: [] }, /ignoreErrors/],
    [{ falseAlarmRate: 0 }, /falseAlarmRate: wanted more than 0/],
    [{ maxInvocations: 3 }, /maxInvocations: wanted at least 20/],
    [{ functions: [{}] }, /functions\[0\]: wanted either function or local/],
    [{ tune: { goall: {} } }, /"goall" in tune is not a known key; did you mean "goal"\?/],
    [{ tune: { payload: 'event.json' } }, /^tune\.payload: wanted the payload itself/],
    [{ functions: [] }, /functions: wanted at least 1 entries/],
    [[], /wanted an object/],
    [null, /wanted an object/],
  ])('%j', (raw, message) => {
    expect(problems(raw).join('\n')).toMatch(message);
  });

  test('with all problems together', () => {
    expect(problems({ falseAlarmRate: 2, maxUsd: -1, other: 1 })).toHaveLength(3);
  });
});

test('the published JSON Schema is the one of the code; if not: npm run build && npm run docs', () => {
  const published: unknown = JSON.parse(readFileSync('docs/powerdial.config.schema.json', 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(checkConfigJsonSchema())));
});
