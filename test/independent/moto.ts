import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { describe } from 'vitest';

const FOLDER = path.resolve('test/independent/python');
const WANTED = '5.2.1';

/** Where a missing engine is a failure and not a reason to skip. */
const REQUIRED = process.env['POWERDIAL_REQUIRE_MOTO'] === '1' || process.env['CI'] !== undefined;

/** Why there is no moto to test against, with what to do; `null` where there is. */
function motoProblem(): string | null {
  const ask =
    'import moto, antlr4, flask, boto3; from moto.stepfunctions.parser import api; print(moto.__version__)';
  const { status, stdout, stderr } = spawnSync('python3', ['-c', ask], { encoding: 'utf8' });
  const how = `Install it: pip install 'moto[server,stepfunctions]==${WANTED}' awscli`;
  if (status !== 0) {
    return `python3 has no moto with Step Functions: ${(stderr || 'no python3').trim().split('\n').at(-1)}. ${how}`;
  }
  const version = stdout.trim();
  return version === WANTED ? null : `wanted moto ${WANTED}, it is ${version}. ${how}`;
}

const problem = motoProblem();
if (problem !== null && REQUIRED) throw new Error(`Test against moto: ${problem}`);

/** Tests that need moto; skipped with a word where there is none and nobody insists. */
export const describeWithMoto =
  problem === null
    ? describe
    : (title: string, tests: () => void) => describe.skip(`${title} (skipped: ${problem})`, tests);

export interface Moto {
  readonly url: string;
  stop(): Promise<void>;
}

/** Python leaves no compiled files beside the sources. */
const PYTHON = { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1' };

/** Starts moto's server. @param front where its Tasks, and JSONata, go */
export async function startMoto(front: string): Promise<Moto> {
  const child = spawn('python3', [path.join(FOLDER, 'server.py'), front], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...PYTHON, HOME: process.env['HOME'] },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const port = await readyPort(child, () => errors);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.stdin.end();
      }),
  };
}

function readyPort(child: ChildProcess, errors: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`moto ended with ${code}:\n${errors()}`)));
    if (child.stdout === null) throw new Error('moto has no standard output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('READY ')) resolve(line.slice('READY '.length));
    });
  });
}

/** One of the Python programs beside `server.py`: what it read and what it printed are JSON. */
export function python(program: string, args: readonly string[], input: unknown = null): unknown {
  const { status, stdout, stderr } = spawnSync('python3', [path.join(FOLDER, program), ...args], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    env: { ...PYTHON, HOME: '/nonexistent' },
  });
  if (status !== 0) throw new Error(`${program} ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as unknown;
}
