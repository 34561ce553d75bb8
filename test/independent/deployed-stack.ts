import {
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { STAGE_VARIABLE } from '../../src/contract/shared/tuner.ts';
import type { FunctionHost } from '../../src/emulator/index.ts';
import { CLIENT } from './engine.ts';
import { invokedFunction, passTo, type Route } from './front.ts';
import type { MotoAccount } from './moto-account.ts';
import { stageHost } from './stage-host.ts';

/** moto 5.2.1 warns of each: "it's not supported by moto's CloudFormation implementation". */
export const UNKNOWN_TO_MOTO = [
  'AWS::CloudWatch::Alarm',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::QueuePolicy',
];

/** The results that runs left in the account's buckets. */
export async function keptResults(endpoint: string) {
  const s3 = new S3Client({ ...CLIENT, endpoint, forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const found: { readonly key: string; readonly result: unknown }[] = [];
  for (const { Name: Bucket } of Buckets.filter(({ Name }) => !/^(cdk|code)-/.test(Name ?? ''))) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    for (const { Key = '' } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      found.push({ key: Key, result: JSON.parse((await Body?.transformToString()) ?? '') });
    }
  }
  s3.destroy();
  return found;
}

/** The deployed functions, run with the asset's own files under the variables of the template. */
export class StageFunctions {
  readonly #account: MotoAccount;
  readonly #bundle: string;
  readonly #hosts = new Map<string, FunctionHost>();

  constructor(account: MotoAccount, bundle: string) {
    this.#account = account;
    this.#bundle = bundle;
  }

  readonly route: Route = async (request) => {
    const invoked = invokedFunction(request);
    if (invoked === null) return null;
    const host = this.#hosts.get(invoked.name) ?? (await this.#open(invoked.name, request.headers));
    if (host === null) return null;
    const reply = await host.invoke({
      requestId: `${invoked.name}-${this.#account.front.calls.length}`,
      payload: request.body,
      settings: { timeoutSeconds: 900 } as Parameters<FunctionHost['invoke']>[0]['settings'],
    });
    const { functionError } = reply;
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        'x-amz-executed-version': '$LATEST',
        ...(functionError === null ? {} : { 'x-amz-function-error': functionError }),
      },
      body: reply.payload,
    };
  };

  async close(): Promise<void> {
    for (const host of this.#hosts.values()) await host.close();
  }

  async #open(
    name: string,
    headers: Parameters<Route>[0]['headers'],
  ): Promise<FunctionHost | null> {
    const path = `/2015-03-31/functions/${name}/configuration`;
    const { 'content-length': _, 'content-type': __, ...kept } = headers;
    const ask = { method: 'GET', path, headers: kept, body: Buffer.alloc(0) };
    const { status, body } = await passTo(this.#account.motoUrl)(ask);
    if (status !== 200) return null;
    const { Environment } = JSON.parse(body.toString()) as {
      readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
    };
    const stageId = Environment?.Variables?.[STAGE_VARIABLE];
    if (stageId === undefined) return null;
    const environment = { ...Environment?.Variables, AWS_ENDPOINT_URL: this.#account.front.url };
    const host = stageHost({ stageId, environment, bundle: this.#bundle });
    this.#hosts.set(name, host);
    return host;
  }
}
