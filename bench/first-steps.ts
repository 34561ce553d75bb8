import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/*
 * Times the first steps of somebody who has never seen Powerdial: from the packed tarball, in an empty folder, with
 * Node, npm and the AWS CLI. Wall time, with whatever else the machine is doing; installing includes downloads.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'powerdial-first-steps-'));
const started: ChildProcess[] = [];
const KEYS = {
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'any',
  AWS_SECRET_ACCESS_KEY: 'any',
};

const COMMAND = 'node_modules/.bin/powerdial';
const EXAMPLES = 'node_modules/powerdial/examples';

try {
  const tarball = pack();
  const install = `npm install --no-audit --no-fund ${tarball}`;
  say('A local answer in two commands');
  run(install);
  run(
    `${COMMAND} tune --local ${EXAMPLES}/thumbnail/handler.mjs --payload '{"width":400}' --memory 512,1024,1769 --quiet --yes`,
  );
  say('An answer for a function on AWS in two commands, here on the embedded endpoint');
  told(install);
  run(`${COMMAND} tune orders --embedded --yes --quiet`, await serveOrders());
  say(
    'A deployed tuner by CloudFormation alone in three commands, here in the CloudFormation of moto',
  );
  const account = await startMoto();
  if (account === null) console.log('  (left out: there is no python3 with moto here)');
  else {
    run('aws s3 mb s3://code-of-powerdial', account, false);
    run(`${COMMAND} template --functions orders --bucket code-of-powerdial -o deploy`);
    run(
      'aws cloudformation package --template-file deploy/template.json --s3-bucket code-of-powerdial --use-json --output-template-file deploy/packaged.json',
      account,
    );
    run(
      'aws cloudformation deploy --template-file deploy/packaged.json --s3-bucket code-of-powerdial --stack-name powerdial --capabilities CAPABILITY_IAM',
      account,
    );
  }
  say('powerdial --help, the median of eleven');
  const times = Array.from({ length: 11 }, () => time(`${COMMAND} --help`).ms).sort(
    (a, b) => a - b,
  );
  console.log(`  ${String(Math.round(times[5] ?? NaN))} ms`);
} finally {
  for (const child of started) child.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}

function pack(): string {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout } = spawnSync('npm', args, { encoding: 'utf8' });
  const [packed] = JSON.parse(stdout) as readonly { filename: string; size: number }[];
  if (packed === undefined) throw new Error('Pack: wanted a tarball, there is none');
  console.log(`The package: ${String(Math.round(packed.size / 1000))} kB packed`);
  return path.join(folder, packed.filename);
}

function say(text: string): void {
  console.log(`\n${text}`);
}

function told(line: string): void {
  console.log(`      (above)  ${line.replace(folder, '.')}`);
}

function run(line: string, env: Readonly<Record<string, string>> = {}, counts = true): void {
  const { ms, status, said } = time(line, env);
  if (status !== 0) throw new Error(`${line} ended with ${String(status)}:\n${said}`);
  if (counts)
    console.log(`  ${(ms / 1000).toFixed(1).padStart(6)} s   ${line.replace(folder, '.')}`);
}

function time(
  line: string,
  env: Readonly<Record<string, string>> = {},
): { ms: number; status: number | null; said: string } {
  const startMs = performance.now();
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  });
  return { ms: performance.now() - startMs, status, said: stdout + stderr };
}

/** The first line that a program prints. */
function firstLine(command: string, args: readonly string[], cwd: string): Promise<string | null> {
  const child = spawn(command, args, { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
  started.push(child);
  return new Promise((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', () => resolve(null));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
}

async function serveOrders(): Promise<Readonly<Record<string, string>>> {
  const args = ['serve', '--recorded', `${EXAMPLES}/recorded/orders.json`, '--quiet'];
  const line = await firstLine(path.join(folder, COMMAND), args, folder);
  if (line === null) throw new Error('Serve orders: wanted the endpoints, it ended');
  const { lambda, stepFunctions } = JSON.parse(line) as { lambda: string; stepFunctions: string };
  return { ...KEYS, AWS_ENDPOINT_URL_LAMBDA: lambda, AWS_ENDPOINT_URL_SFN: stepFunctions };
}

async function startMoto(): Promise<Readonly<Record<string, string>> | null> {
  // Nothing is executed there, so that it does not matter what moto lacks.
  const args = [path.resolve('test/independent/python/server.py'), 'http://127.0.0.1:9'];
  const line = await firstLine('python3', args, folder);
  const port = line?.replace('READY ', '');
  return port === undefined ? null : { ...KEYS, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
}
