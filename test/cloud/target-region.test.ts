import { expect, test } from 'vitest';
import { targetRegion } from '../../src/cloud/target-region.ts';

const FAR = 'arn:aws-cn:lambda:cn-north-1:123456789012:function:orders';

test.each([
  ['the target, once Inspect knows it', { target: { functionArn: FAR }, input: {} }, 'cn-north-1'],
  ['the input of Inspect', { input: { function: `${FAR}:live` } }, 'cn-north-1'],
  ['aws-lambda-power-tuning’s input', { input: { lambdaARN: FAR } }, 'cn-north-1'],
  ['the function of CleanUp', { target: null, function: FAR }, 'cn-north-1'],
  ['a name, which says nothing', { input: { function: 'orders' } }, null],
  ['no function at all', { input: {} }, null],
  ['no state', null, null],
])('the region of a target is read off %s', (_what, state, region) => {
  expect(targetRegion(state)).toBe(region);
});
