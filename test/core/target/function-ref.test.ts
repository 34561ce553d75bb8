import { expect, test } from 'vitest';
import { parseFunctionRef } from '../../../src/core/target/function-ref.ts';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';

test.each([
  ['orders', { functionName: 'orders', qualifier: null, region: null }],
  ['orders:live', { functionName: 'orders', qualifier: 'live', region: null }],
  ['orders:$LATEST', { functionName: 'orders', qualifier: '$LATEST', region: null }],
  [
    '123456789012:function:orders:7',
    { functionName: '123456789012:function:orders', qualifier: '7', region: null },
  ],
  [ARN, { functionName: ARN, qualifier: null, region: 'eu-west-1' }],
  [`${ARN}:7`, { functionName: ARN, qualifier: '7', region: 'eu-west-1' }],
  [
    ARN.replace('aws:', 'aws-cn:').replace('eu-west', 'cn-north'),
    {
      functionName: 'arn:aws-cn:lambda:cn-north-1:123456789012:function:orders',
      qualifier: null,
      region: 'cn-north-1',
    },
  ],
  [
    ARN.replace('aws:', 'aws-us-gov:').replace('eu-west', 'us-gov-east'),
    {
      functionName: 'arn:aws-us-gov:lambda:us-gov-east-1:123456789012:function:orders',
      qualifier: null,
      region: 'us-gov-east-1',
    },
  ],
  [
    ARN.replace('aws:', 'aws-eusc:').replace('eu-west', 'eusc-de-east'),
    {
      functionName: 'arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:orders',
      qualifier: null,
      region: 'eusc-de-east-1',
    },
  ],
  [
    ARN.replace('aws:', 'aws-iso-b:').replace('eu-west', 'us-isob-east'),
    {
      functionName: 'arn:aws-iso-b:lambda:us-isob-east-1:123456789012:function:orders',
      qualifier: null,
      region: 'us-isob-east-1',
    },
  ],
])('the name or ARN %s is read as AWS reads it', (text, parsed) => {
  expect(parseFunctionRef(text)).toEqual(parsed);
});

test.each([
  '',
  'a b',
  'orders:',
  'arn:aws',
  'arn:aws:lambda',
  'arn:aws:s3:::bucket',
  `${ARN}:x:y`,
  'o'.repeat(65),
])('%j is refused as the name of a function', (text) => {
  expect(parseFunctionRef(text)).toBeNull();
});
