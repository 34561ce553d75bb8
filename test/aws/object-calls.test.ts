import { expect, test } from 'vitest';
import { isAwsError } from '../../src/contract/aws-error.ts';
import { faultPlan } from '../../src/local/lambda/fault-plan.ts';
import { embeddedDeps } from './embedded-deps.ts';

const URI = 's3://payloads/orders/2026 ä.json';
const objects = { [URI]: '{"id":"ü"}' };

test('an object is read as text by its address', async () => {
  const { deps } = await embeddedDeps({ objects });
  expect(await deps.readObject(URI)).toBe('{"id":"ü"}');
});

test.each(['s3://payloads/other', 's3://elsewhere/x'])('%s is not found', async (uri) => {
  const { deps } = await embeddedDeps({ objects });
  const error: unknown = await deps.readObject(uri).catch((thrown: unknown) => thrown);
  expect(isAwsError(error, 'not-found')).toBe(true);
  expect(error).toMatchObject({ action: 's3:GetObject', resource: uri });
});

test.each([
  ['access-denied', 'denied'],
  ['expired-credentials', 'denied'],
] as const)('%s is %s', async (fault, kind) => {
  const { intercept } = faultPlan({ call: 1, when: 'before', fault, lasting: 'everything' });
  const { deps } = await embeddedDeps({ objects, intercept });
  const error: unknown = await deps.readObject(URI).catch((thrown: unknown) => thrown);
  expect(isAwsError(error, kind)).toBe(true);
});

test('one bad answer is not the end', async () => {
  const { intercept } = faultPlan({ call: 1, when: 'before', fault: 'server-error' });
  const { deps } = await embeddedDeps({ objects, intercept });
  expect(await deps.readObject(URI)).toBe('{"id":"ü"}');
});
