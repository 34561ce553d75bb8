import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../cli/powerdial.ts';
import { differences } from './comparable.ts';
import { keptResults, StageFunctions, UNKNOWN_TO_MOTO } from './deployed-stack.ts';
import { CLIENT } from './engine.ts';
import { startMotoAccount, type MotoAccount, type MotoFunction } from './moto-account.ts';
import { describeWithMoto } from './moto.ts';

const BUCKET = 'code-of-powerdial';

describeWithMoto(
  'powerdial template, deployed by the AWS CLI into the CloudFormation of moto',
  () => {
    let account: MotoAccount;
    let before: MotoFunction;
    let stages: StageFunctions;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'powerdial-template-'));

    beforeAll(async () => {
      account = await startMotoAccount();
      stages = new StageFunctions(account, path.join(folder, 'unpacked/index.mjs'));
      account.first = stages.route;
      before = account.make({
        name: 'orders',
        versions: 2,
        aliases: { live: '2' },
        settings: { MemorySize: 512, Timeout: 30, Description: 'takes orders' },
      });
      const s3 = new S3Client({ ...CLIENT, endpoint: account.front.url, forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
      s3.destroy();
    });

    afterAll(async () => {
      await stages.close();
      await account.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const powerdial = (...args: readonly string[]) =>
      start(args, { cwd: folder, env: account.environment }).ended;

    test('the two lines that powerdial template prints deploy every resource of a type that moto knows', async () => {
      const { code, stdout, stderr } = await powerdial(
        ...['template', '--functions', 'orders,invoices', '--bucket', BUCKET, '-o', 'deploy'],
      );
      expect(code, stderr).toBe(0);
      const lines = stdout.split('\n').filter((line) => line.startsWith('aws '));
      expect(lines).toHaveLength(2);
      for (const line of lines) await run(line, folder, account.environment);
      const template = path.join(folder, 'deploy/packaged.json');
      const deployed = account.ask('stack', { stack: 'powerdial', template });
      expect(deployed).toMatchObject({
        status: 'CREATE_COMPLETE',
        failed: [],
        missing: UNKNOWN_TO_MOTO,
      });
    });

    test('the code in the bucket is that of the package, unpacked by another program', () => {
      const to = path.join(folder, 'unpacked');
      const unpacked = account.ask('code', { bucket: BUCKET, folder: to });
      expect(unpacked).toEqual({ bad: null, names: readdirSync('dist/lambda').sort() });
    });

    test('powerdial tune finds the workflow, follows it, and the function is as it was', async () => {
      const { code, stdout, stderr } = await powerdial(
        ...['tune', 'orders', '--yes', '--json', '--memory', '128,512,1769', '--invocations', '6'],
      );
      expect(code, stderr).toBe(0);
      expect(stderr).toMatch(/Started arn:aws:states:us-east-1:123456789012:execution:powerdial-/);
      expect(JSON.parse(stdout)).toMatchObject({
        emulated: false,
        sizes: [{}, {}, { outcome: 'measured' }],
      });
      expect(differences(account.state('orders'), before)).toEqual([]);
      const kept = await keptResults(account.front.url);
      expect(kept.map(({ key }) => key)).toEqual([expect.stringMatching(/^orders\/.+\.json$/)]);
    });

    test('the stack is removed whole, but for the bucket of results, and nothing is left on the function', async () => {
      await run(
        'aws cloudformation delete-stack --stack-name powerdial',
        folder,
        account.environment,
      );
      const left = await keptResults(account.front.url);
      expect(left).toHaveLength(1);
      const { code, stderr } = await powerdial('tune', 'orders', '--dry-run', '--yes');
      expect(code, stderr).toBe(0);
      expect(stderr).not.toContain('stateMachine:powerdial');
      expect(differences(account.state('orders'), before)).toEqual([]);
    });

    test('the application is packaged by the AWS CLI with its licence and description, and can be deployed', async () => {
      const { code, stdout, stderr } = await powerdial(
        'template',
        '--sam',
        '--bucket',
        BUCKET,
        '-o',
        'sam',
      );
      expect(code, stderr).toBe(0);
      const [packageLine = ''] = stdout.split('\n').filter((line) => line.startsWith('aws '));
      await run(packageLine, folder, account.environment);
      await run(
        `aws cloudformation deploy --template-file sam/packaged.json --s3-bucket ${BUCKET} --stack-name application --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --parameter-overrides Functions=orders,billing-* NamePrefix=team-b`,
        folder,
        account.environment,
      );
      const template = path.join(folder, 'sam/packaged.json');
      const deployed = account.ask('stack', { stack: 'application', template });
      expect(deployed).toMatchObject({
        status: 'CREATE_COMPLETE',
        failed: [],
        missing: UNKNOWN_TO_MOTO,
      });
      const { machines } = deployed as { readonly machines: readonly string[] };
      const names = machines.map((arn) => arn.replace(/.*:/, '').replace(/-[0-9a-f]{8}$/, ''));
      expect(names).toEqual(['team-b', 'team-b-check']);
    });
  },
);

/** Runs a line of the AWS CLI as a person would. */
function run(line: string, cwd: string, env: Readonly<Record<string, string>>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', line], {
      cwd,
      env: { PATH: process.env['PATH'], HOME: cwd, ...env, AWS_DEFAULT_REGION: 'us-east-1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${line} ended with ${code}:\n${said}`));
    });
  });
}
