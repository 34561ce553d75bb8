import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STAGE_VARIABLE } from '../../src/contract/shared/tuner.ts';
import type { FunctionHost } from '../../src/emulator/index.ts';
import { start } from '../cli/powerdial.ts';
import { differences } from './comparable.ts';
import { CLIENT } from './engine.ts';
import { invokedFunction, passTo, type Route } from './front.ts';
import { startMotoAccount, type MotoAccount, type MotoFunction } from './moto-account.ts';
import { describeWithMoto } from './moto.ts';
import { stageHost } from './stage-host.ts';

/** moto 5.2.1 warns of each: "it's not supported by moto's CloudFormation implementation". */
const UNKNOWN = [
  'AWS::CloudWatch::Alarm',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::QueuePolicy',
];

describeWithMoto('the synthesized stack in the CloudFormation of moto', () => {
  let account: MotoAccount;
  let before: MotoFunction;
  let deployed: unknown;
  let stages: StageFunctions;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'powerdial-stack-'));

  beforeAll(async () => {
    account = await startMotoAccount();
    const out = path.join(folder, 'cdk.out');
    synthesize(out);
    // As Lambda unpacks it: nothing of the project is near.
    const [asset = ''] = readdirSync(out).filter((name) => /^asset\.[0-9a-f]+$/.test(name));
    cpSync(path.join(out, asset), path.join(folder, 'code'), { recursive: true });
    stages = new StageFunctions(account, path.join(folder, 'code/index.mjs'));
    account.first = stages.route;
    deployed = account.deploy(out, 'powerdial');
    before = account.make({
      name: 'orders',
      versions: 2,
      aliases: { live: '2' },
      settings: { MemorySize: 512, Timeout: 30, Description: 'takes orders' },
    });
  });

  afterAll(async () => {
    await stages.close();
    await account.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const powerdial = (...args: readonly string[]) => start(args, { env: account.environment }).ended;

  test('every resource of the template is made, but for types that moto does not know', () => {
    expect(deployed).toMatchObject({ status: 'CREATE_COMPLETE', failed: [], missing: UNKNOWN });
  });

  test('powerdial tune finds the workflow, follows it, and the function is as it was', async () => {
    const { code, stdout, stderr } = await powerdial(
      ...['tune', 'orders', '--yes', '--json', '--memory', '128,512,1769', '--invocations', '6'],
    );
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/Started arn:aws:states:us-east-1:123456789012:execution:powerdial/);
    const result = JSON.parse(stdout) as { readonly emulated: boolean };
    expect(result).toMatchObject({ emulated: false, sizes: [{}, {}, { outcome: 'measured' }] });
    expect(differences(account.state('orders'), before)).toEqual([]);
    const kept = await results(account.front.url);
    expect(kept.map(({ key }) => key)).toEqual([expect.stringMatching(/^orders\/.+\.json$/)]);
    expect(kept[0]?.result).toMatchObject({ verdict: expect.any(String) as string });
  });

  test('powerdial check finds its own workflow and judges two versions', async () => {
    const { code, stderr } = await powerdial(
      ...['check', 'orders', '--base', '1', '--head', '2', '--max-invocations', '60'],
    );
    expect(stderr).toMatch(/Started arn:aws:states:us-east-1:123456789012:execution:powerdial-/);
    expect([0, 4], stderr).toContain(code);
    expect(differences(account.state('orders'), before)).toEqual([]);
  });

  test('powerdial tune names the function that does not exist', async () => {
    const { code, stderr } = await powerdial('tune', 'nobody', '--yes');
    expect(code).not.toBe(0);
    expect(stderr).toContain('nobody');
  });
});

/** What `cdk synth -c functions=orders` does once the project is built. */
function synthesize(out: string): void {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { readonly context: object };
  const { status, stderr } = spawnSync(process.execPath, ['dist/infra/app.js'], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, functions: 'orders' }),
    },
  });
  expect(status, stderr).toBe(0);
}

async function results(endpoint: string) {
  const s3 = new S3Client({ ...CLIENT, endpoint, forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const found: { readonly key: string; readonly result: unknown }[] = [];
  for (const { Name: Bucket } of Buckets.filter(({ Name }) => !Name?.startsWith('cdk-'))) {
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
class StageFunctions {
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
