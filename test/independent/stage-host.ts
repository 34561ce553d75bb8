import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { STAGE_VARIABLE } from '../../src/contract/shared/tuner.ts';
import type { FunctionHost, HostReply } from '../../src/emulator/index.ts';

const PROGRAM = path.resolve('test/independent/stage-process.mjs');

export interface StageHostOptions {
  /** As the deployment calls it: `Inspect`, `CheckInspect`. */
  readonly stageId: string;
  /** The entry of the bundle. @default the built one */
  readonly bundle?: string;
  /** Beside the region and any credentials: where the services are. */
  readonly environment: Readonly<Record<string, string>>;
  /** Called before each invocation; what it returns takes the place of the stage's own answer. */
  readonly before?: (stageId: string) => Promise<StageFault | null>;
}

/** How a stage's function ends other than by its own answer. */
export interface StageFault {
  readonly errorType: string;
  readonly errorMessage: string;
  /** It did its work first, and nobody heard of it. */
  readonly afterWork: boolean;
}

interface Told {
  readonly id: string;
  readonly functionError: 'Unhandled' | null;
  readonly payload: string;
}

/** A stage's function as the deployment has it: the real bundle in a process of its own. */
export function stageHost(options: StageHostOptions): FunctionHost {
  const { stageId, environment, bundle = path.resolve('dist/lambda/index.mjs') } = options;
  const waiting = new Map<string, (told: Told) => void>();
  let child: ChildProcess | null = null;
  const process_ = (): ChildProcess => {
    if (child !== null) return child;
    child = fork(PROGRAM, {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {
        PATH: process.env['PATH'],
        TZ: ':UTC',
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'any',
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_LAMBDA_FUNCTION_NAME: `powerdial-${stageId}`,
        [STAGE_VARIABLE]: stageId,
        STAGE_BUNDLE: pathToFileURL(bundle).href,
        ...environment,
      },
    });
    child.on('message', (message) => {
      const told = message as Told;
      waiting.get(told.id)?.(told);
      waiting.delete(told.id);
    });
    child.on('exit', () => {
      child = null;
      for (const [id, done] of waiting) done(died(id));
      waiting.clear();
    });
    return child;
  };
  const carryOut = (id: string, payload: Buffer, timeoutSeconds: number): Promise<Told> =>
    new Promise((resolve) => {
      waiting.set(id, resolve);
      const context = {
        awsRequestId: id,
        functionName: `powerdial-${stageId}`,
        functionVersion: '$LATEST',
        invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:powerdial-${stageId}`,
        memoryLimitInMB: '512',
        timeoutMs: timeoutSeconds * 1000,
      };
      process_().send({ id, payload: payload.toString('utf8'), context });
    });
  return {
    cpu: 'recorded',
    maxMemoryMb: 10_240,
    refuses: () => null,
    async invoke({ requestId, payload, settings }) {
      const fault = (await options.before?.(stageId)) ?? null;
      if (fault === null || fault.afterWork) {
        const told = await carryOut(requestId, payload, settings.timeoutSeconds);
        if (fault === null) return reply(told);
      }
      const { errorType, errorMessage } = fault;
      const text = JSON.stringify({ errorType, errorMessage });
      return reply({ id: requestId, functionError: 'Unhandled', payload: text });
    },
    retire: () => Promise.resolve(),
    close: () =>
      new Promise((resolve) => {
        if (child === null) {
          resolve();
          return;
        }
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

function reply({ functionError, payload }: Told): HostReply {
  return { functionError, payload: Buffer.from(payload), log: Buffer.alloc(0) };
}

/** What Lambda answers for a process that is gone. */
function died(id: string): Told {
  const payload = JSON.stringify({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${id} Error: Runtime exited with error: signal: killed`,
  });
  return { id, functionError: 'Unhandled', payload };
}
