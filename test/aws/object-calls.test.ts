import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { lambdaDeps } from '../../src/aws/lambda-deps.ts';
import { isAwsError } from '../../src/contract/shared/aws-error.ts';
import { faultPlan } from '../../src/emulator/index.ts';
import { toReadableError } from '../../src/words/refusals/aws-refusal.ts';
import { embeddedDeps } from './embedded-deps.ts';

const URI = 's3://payloads/orders/2026 ä.json';
const objects = { [URI]: '{"id":"ü"}' };

test('an object is read as text by its address', async () => {
  const { deps } = await embeddedDeps({ objects });
  expect(await deps.readObject(URI)).toBe('{"id":"ü"}');
});

test.each(['s3://payloads/other', 's3://elsewhere/x'])(
  'the object %s, which does not exist, is not found',
  async (uri) => {
    const { deps } = await embeddedDeps({ objects });
    const error: unknown = await deps.readObject(uri).catch((thrown: unknown) => thrown);
    expect(isAwsError(error, 'not-found')).toBe(true);
    expect(error).toMatchObject({ action: 's3:GetObject', resource: uri });
  },
);

test.each([
  ['access-denied', 'denied'],
  ['expired-credentials', 'denied'],
] as const)('an answer of S3 with %s is an error of the kind %s', async (fault, kind) => {
  const { intercept } = faultPlan({ call: 1, when: 'before', fault, lasting: 'everything' });
  const { deps } = await embeddedDeps({ objects, intercept });
  const error: unknown = await deps.readObject(URI).catch((thrown: unknown) => thrown);
  expect(isAwsError(error, kind)).toBe(true);
});

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Redirects as S3 does (S3 API, "Error responses", PermanentRedirect) what is not signed for a region. */
async function bucketIn(bucketRegion: string, named: boolean) {
  const regions: string[] = [];
  const server = createServer((request, response) => {
    const region = /Credential=[^/]*\/[^/]*\/([^/]*)\//.exec(
      request.headers.authorization ?? '',
    )?.[1];
    regions.push(region ?? '');
    if (region === bucketRegion) {
      response.end('{"id":1}');
      return;
    }
    response.writeHead(301, {
      'content-type': 'application/xml',
      ...(named ? { 'x-amz-bucket-region': bucketRegion } : {}),
    });
    response.end(
      '<?xml version="1.0" encoding="UTF-8"?><Error><Code>PermanentRedirect</Code><Message>The bucket you are attempting to access must be addressed using the specified endpoint.</Message><Bucket>payloads</Bucket></Error>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const deps = lambdaDeps({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  closing.push(() => {
    deps.close();
    server.close();
  });
  return { deps, regions };
}

test('a bucket in another region than the target is read in its own region', async () => {
  const { deps, regions } = await bucketIn('us-east-1', true);
  expect(await deps.readObject(URI)).toBe('{"id":1}');
  expect(regions).toEqual(['eu-west-1', 'us-east-1']);
});

test('a bucket whose region S3 does not name is refused, with what to do', async () => {
  const { deps } = await bucketIn('us-east-1', false);
  const error: unknown = await deps.readObject(URI).catch((thrown: unknown) => thrown);
  if (!isAwsError(error, 'refused')) throw error;
  expect(toReadableError(error).message).toMatch(/PermanentRedirect: .*another region.*copy/);
});

test('a denial on an object says that the object may also not exist', async () => {
  const { intercept } = faultPlan({ call: 1, when: 'before', fault: 'access-denied' });
  const { deps } = await embeddedDeps({ objects, intercept });
  const error: unknown = await deps.readObject(URI).catch((thrown: unknown) => thrown);
  if (!isAwsError(error, 'denied')) throw error;
  expect(toReadableError(error)).toMatchObject({
    name: 'PermissionMissing',
    message: expect.stringMatching(/s3:GetObject.*no such object: check its name/) as string,
  });
});

test('an object of S3 is asked for again after one bad answer', async () => {
  const { intercept } = faultPlan({ call: 1, when: 'before', fault: 'server-error' });
  const { deps } = await embeddedDeps({ objects, intercept });
  expect(await deps.readObject(URI)).toBe('{"id":"ü"}');
});
