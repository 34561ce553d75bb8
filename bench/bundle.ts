/**
 * What a stage's function costs before it does anything: the size of its bundle, the time that Node takes to
 * load it, and what Inspect needs on its first call (a dry run of a recorded function, as a real process
 * over Lambda's Runtime API). Wanted: all of it under 1 MB.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { STAGE_VARIABLE } from '../src/contract/shared/tuner.ts';
import {
  createProcessHost,
  locateHandler,
  readRecording,
  recordedFunction,
  startLambdaEndpoint,
} from '../src/emulator/index.ts';

const FOLDER = path.resolve('dist/lambda');
const ENTRY = path.join(FOLDER, 'index.mjs');
const WANTED_BYTES = 1_000_000;
const LOADS = 25;

const total = sizes();
loads();
await firstCall();
process.exitCode = total < WANTED_BYTES ? 0 : 1;

function sizes(): number {
  const parts = readdirSync(FOLDER).filter((name) => name.endsWith('.mjs'));
  const bytes = parts.map((name) => readFileSync(path.join(FOLDER, name)));
  const sum = (buffers: readonly Buffer[]): number =>
    buffers.reduce((all, each) => all + each.length, 0);
  const all = sum(bytes);
  const zipped = sum(bytes.map((each) => gzipSync(each)));
  const first = sum(loadedAtStart().map((name) => readFileSync(path.join(FOLDER, name))));
  console.log(
    `bundle: ${kb(all)} in ${parts.length} parts, ${kb(zipped)} gzipped; loaded at start: ${kb(first)} (wanted: under ${kb(WANTED_BYTES)})`,
  );
  return all;
}

/** The entry and what it imports without being asked. */
function loadedAtStart(): readonly string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const source = readFileSync(path.join(FOLDER, name), 'utf8');
    for (const [, next = ''] of source.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) visit(next);
  };
  visit('index.mjs');
  return [...found];
}

/** Fresh processes, one after the other; the fastest says most, for others only add to it. */
function loads(): void {
  const program = `
    const before = process.cpuUsage(), start = performance.now();
    await import(${JSON.stringify(ENTRY)});
    const { user, system } = process.cpuUsage(before);
    console.log(performance.now() - start, (user + system) / 1000);`;
  const times = Array.from({ length: LOADS }, () => {
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      env: { PATH: process.env['PATH'], [STAGE_VARIABLE]: 'Inspect', AWS_REGION: 'eu-west-1' },
      encoding: 'utf8',
    });
    const [wallMs = NaN, cpuMs = NaN] = stdout.trim().split(' ').map(Number);
    return { wallMs, cpuMs };
  });
  const told = (pick: (time: { wallMs: number; cpuMs: number }) => number): string => {
    const ascending = times.map(pick).toSorted((a, b) => a - b);
    const [least = NaN] = ascending;
    return `${least.toFixed(0)} ms least, ${(ascending[LOADS >> 1] ?? NaN).toFixed(0)} ms median`;
  };
  console.log(
    `load, Node ${process.version}, ${LOADS} processes: ${told((time) => time.wallMs)}; processor time ${told((time) => time.cpuMs)}`,
  );
}

async function firstCall(): Promise<void> {
  const located = await locateHandler(ENTRY);
  if (located.kind === 'problem') throw new Error(located.message);
  const read = readRecording({ name: 'orders', memory: { '128': { warmMs: [10] } } });
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  const target = await startLambdaEndpoint({
    functions: [recordedFunction(read.recording, { seed: 1 })],
  });
  const stages = await startLambdaEndpoint({
    functions: [
      {
        name: 'Inspect',
        host: await createProcessHost({ handler: located.location }),
        memoryMb: 256,
        timeoutSeconds: 60,
        architecture: 'arm64',
        runtime: 'nodejs24.x',
        environment: {
          [STAGE_VARIABLE]: 'Inspect',
          AWS_ENDPOINT_URL: target.url,
          AWS_ACCESS_KEY_ID: 'any',
          AWS_SECRET_ACCESS_KEY: 'any',
        },
      },
    ],
  });
  const client = new LambdaClient({
    endpoint: stages.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  try {
    const run = {
      id: 'bench',
      executionArn: 'embedded:bench',
      startedAt: new Date().toISOString(),
    };
    const input = { function: 'orders', dryRun: true };
    for (const call of ['first', 'second']) {
      const answer = await client.send(
        new InvokeCommand({
          FunctionName: 'Inspect',
          LogType: 'Tail',
          Payload: Buffer.from(JSON.stringify({ run, input, maxRunSeconds: 86_400 })),
        }),
      );
      const log = Buffer.from(answer.LogResult ?? '', 'base64').toString();
      if (answer.FunctionError !== undefined) throw new Error(log);
      const report = log.split('\n').find((line) => line.startsWith('REPORT'));
      console.log(`${call} call at 256 MB: ${report?.replaceAll('\t', '  ') ?? 'no report'}`);
    }
  } finally {
    client.destroy();
    await stages.close();
    await target.close();
  }
}

function kb(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
