import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../cli/powerdial.ts';
import { differences } from './comparable.ts';
import { keptResults, StageFunctions, UNKNOWN_TO_MOTO } from './deployed-stack.ts';
import { startMotoAccount, type MotoAccount, type MotoFunction } from './moto-account.ts';
import { describeWithMoto } from './moto.ts';

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
    expect(deployed).toMatchObject({
      status: 'CREATE_COMPLETE',
      failed: [],
      missing: UNKNOWN_TO_MOTO,
    });
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
    const kept = await keptResults(account.front.url);
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
