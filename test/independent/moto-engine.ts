import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Json } from '../../src/contract/shared/json.ts';
import { ACCOUNT, BUCKET } from './definitions.ts';
import { CLIENT, type Machine, type StatesEngine } from './engine.ts';
import { invokedFunction, passTo, startFront } from './front.ts';
import { jsonataRoute } from './jsonata-route.ts';
import { startMoto } from './moto.ts';

/** moto's interpreter of the States Language, with the stages' functions behind Lambda's Invoke. */
export async function motoStates(
  machines: readonly Machine[],
  stagesUrl: string,
): Promise<StatesEngine> {
  const front = await startFront();
  const moto = await startMoto(front.url);
  const toStages = passTo(stagesUrl);
  front.routes = [
    jsonataRoute,
    (request) => (invokedFunction(request) === null ? Promise.resolve(null) : toStages(request)),
    passTo(moto.url),
  ];
  const sfn = new SFNClient({ ...CLIENT, endpoint: front.url });
  const s3 = new S3Client({ ...CLIENT, endpoint: front.url, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  for (const { name, definition } of machines) {
    await sfn.send(
      new CreateStateMachineCommand({
        name,
        definition: JSON.stringify(definition),
        roleArn: `arn:aws:iam::${ACCOUNT}:role/powerdial`,
      }),
    );
  }
  const kept = new Map<string, Json>();
  const stored = async (): Promise<Readonly<Record<string, Json>>> => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    for (const { Key = '' } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
      kept.set(Key, JSON.parse((await Body?.transformToString()) ?? 'null') as Json);
      await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
    }
    return Object.fromEntries(kept);
  };
  let lost = false;
  return {
    url: front.url,
    stored: () => (lost ? Promise.resolve(Object.fromEntries(kept)) : stored()),
    async loseBucket(wanted) {
      if (wanted === lost) return;
      await s3.send(
        wanted
          ? new DeleteBucketCommand({ Bucket: BUCKET })
          : new CreateBucketCommand({ Bucket: BUCKET }),
      );
      lost = wanted;
    },
    async close() {
      sfn.destroy();
      s3.destroy();
      await moto.stop();
      await front.close();
    },
  };
}
