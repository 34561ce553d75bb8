import { GetObjectCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { errorOf, fixture } from '../lambda/lambda-fixture.ts';
import { serviceClients } from './service-clients.ts';

const BYTES = new Uint8Array([0, 255, 128]);

async function s3() {
  const { endpoint } = await fixture({
    objects: {
      's3://payloads/orders/ä b.json': '{"id":1}',
      's3://payloads/bytes': BYTES,
    },
  });
  return serviceClients(endpoint.url).s3;
}

test('an object is read by bucket and key, path style', async () => {
  const client = await s3();
  const text = await client.send(
    new GetObjectCommand({ Bucket: 'payloads', Key: 'orders/ä b.json' }),
  );
  expect(await text.Body?.transformToString()).toBe('{"id":1}');
  const bytes = await client.send(new GetObjectCommand({ Bucket: 'payloads', Key: 'bytes' }));
  expect(await bytes.Body?.transformToByteArray()).toEqual(BYTES);
});

test.each([
  ['payloads', 'other', 'NoSuchKey', 'The specified key does not exist.'],
  ['other', 'bytes', 'NoSuchBucket', 'The specified bucket does not exist'],
])('the object %s/%s is not there: %s', async (Bucket, Key, name, message) => {
  const client = await s3();
  const error = await errorOf(client.send(new GetObjectCommand({ Bucket, Key })));
  expect(error).toMatchObject({ name, message, $metadata: { httpStatusCode: 404 } });
});

test('other operations of S3 are refused by name', async () => {
  const client = await s3();
  const put = new PutObjectCommand({ Bucket: 'payloads', Key: 'a', Body: 'b' });
  expect((await errorOf(client.send(put))).message).toMatch(/does not have PutObject of S3/);
  expect((await errorOf(client.send(new ListBucketsCommand({})))).name).toBe('NotImplemented');
});
