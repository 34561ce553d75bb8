import type { S3Client } from '@aws-sdk/client-s3';
import type { ReadObject } from '../contract/shared/deps.ts';
import { translateErrors } from './translate-error.ts';

/** Reads a payload from S3; the client is made when the first one is asked for. */
export function readObject(client: () => Promise<S3Client>): ReadObject {
  return (uri) =>
    translateErrors('s3:GetObject', uri, async () => {
      const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
      const { GetObjectCommand } = await import('@aws-sdk/client-s3');
      const s3 = await client();
      const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await answer.Body?.transformToString('utf8')) ?? '';
    });
}
