import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const MAIN = path.resolve('scripts/verify-aws/main.ts');
const LOADER = path.resolve('scripts/typescript-loader.mjs');

export interface VerifyEnded {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface VerifyRun {
  readonly child: ChildProcess;
  readonly ended: Promise<VerifyEnded>;
}

/** `npm run verify:aws -- …` as a process of its own, without a terminal, against these endpoints. */
export function startVerify(
  args: readonly string[],
  urls: { readonly lambda: string; readonly stepFunctions?: string },
): VerifyRun {
  const child = spawn(process.execPath, ['--no-warnings', '--import', LOADER, MAIN, ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: urls.lambda,
      AWS_ENDPOINT_URL_SFN: urls.stepFunctions ?? urls.lambda,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<VerifyEnded>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}
