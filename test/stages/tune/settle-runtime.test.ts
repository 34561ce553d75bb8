import { expect, it } from 'vitest';
import { toFunctionConfiguration } from '../../../src/aws/function-configuration.ts';
import { settleRuntime } from '../../../src/stages/tune/inspect/settle-runtime.ts';

const DAY_MS = 24 * 3600 * 1000;

function settleOn(day: string, runtimeVersionArn: string | undefined) {
  const startMs = Date.parse(day);
  const found = toFunctionConfiguration({
    FunctionName: 'orders',
    Runtime: 'nodejs20.x',
    ...(runtimeVersionArn === undefined
      ? {}
      : { RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn } }),
  });
  return settleRuntime(found, startMs, startMs + DAY_MS);
}

const ON_AWS = 'arn:aws:lambda:eu-west-1::runtime:0123456789abcdef';

it('a runtime that is deprecated is told with the day from which its updates are blocked', () => {
  const [warning] = settleOn('2026-11-28', ON_AWS);
  expect(warning).toEqual({
    code: 'runtime-ending',
    runtime: 'nodejs20.x',
    isDeprecated: true,
    deprecated: '2026-04-30',
    updateBlocked: '2027-03-03',
  });
});

it('a runtime whose updates are blocked is refused by name, and told what still works', () => {
  expect(() => settleOn('2027-03-04', ON_AWS)).toThrow(
    /from 2027-03-03 AWS blocks updates of nodejs20\.x.*powerdial check/,
  );
});

it("the runtime of an emulated function is this machine's, and passes at any time", () => {
  expect(settleOn('2030-01-01', undefined)).toEqual([]);
});
