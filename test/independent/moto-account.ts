import { readRecording, recordedHost } from '../../src/emulator/index.ts';
import { LITTLE_NOISE } from './engine.ts';
import { invokedFunction, json, passTo, startFront, type Front, type Route } from './front.ts';
import { jsonataRoute } from './jsonata-route.ts';
import { ReportLogs } from './report-logs.ts';
import { python, startMoto } from './moto.ts';

/** What a function in moto's account is, but for what moves with every update. */
export interface MotoFunction {
  readonly latest: Readonly<Record<string, unknown>>;
  readonly versions: readonly Readonly<Record<string, unknown>>[];
  readonly aliases: readonly Readonly<Record<string, unknown>>[];
}

export interface NewFunction {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** How many versions it has. @default 0 */
  readonly versions?: number;
  readonly aliases?: Readonly<Record<string, string>>;
  /** A queue with a visibility timeout of 90 s, and leave for S3. */
  readonly triggers?: boolean;
}

/** moto as the account: whatever is asked goes to it, but for running functions, which takes Docker there. */
export interface MotoAccount {
  readonly front: Front;
  /** Set by a test: asked before everything else. */
  first: Route;
  readonly environment: Readonly<Record<string, string>>;
  make(fn: NewFunction): MotoFunction;
  state(name: string): MotoFunction;
  deploy(folder: string, stack: string): unknown;
  /** Asks `account.py` for something else that it can do. */
  ask(what: string, asked: unknown): unknown;
  /** Past everything that a test put in the way. */
  readonly motoUrl: string;
  close(): Promise<void>;
}

export async function startMotoAccount(): Promise<MotoAccount> {
  const front = await startFront();
  const moto = await startMoto(front.url);
  const logs = new ReportLogs();
  const held: { first: Route } = { first: () => Promise.resolve(null) };
  front.routes = [
    jsonataRoute,
    (request) => held.first(request),
    targetRoute(moto.url, logs),
    logs.route,
    absentRoute,
    passTo(moto.url),
  ];
  const ask = (what: string, asked: unknown): unknown =>
    python('account.py', [moto.url, what], asked);
  return {
    front,
    motoUrl: moto.url,
    set first(route: Route) {
      held.first = route;
    },
    get first() {
      return held.first;
    },
    environment: {
      AWS_ENDPOINT_URL: front.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    make: (fn) => ask('function', fn) as MotoFunction,
    state: (name) => ask('state', { name }) as MotoFunction,
    ask,
    deploy: (folder, stack) => ask('deploy', { folder, stack }),
    async close() {
      await moto.stop();
      await front.close();
    },
  };
}

/** Answers Invoke for the functions of moto's account by a recording, at the setting that moto tells. */
export function targetRoute(motoUrl: string, logs: ReportLogs | null = null): Route {
  const read = readRecording({ name: 'orders', memory: LITTLE_NOISE });
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  const host = recordedHost(read.recording, { seed: 3 });
  const toMoto = passTo(motoUrl);
  let last = 0;
  return async (request) => {
    const invoked = invokedFunction(request);
    if (invoked === null) return null;
    const { name, qualifier } = invoked;
    const query = qualifier === null ? '' : `?Qualifier=${encodeURIComponent(qualifier)}`;
    const path = `/2015-03-31/functions/${encodeURIComponent(name)}/configuration${query}`;
    const { 'content-length': _, 'content-type': __, ...headers } = request.headers;
    const found = await toMoto({ method: 'GET', path, headers, body: Buffer.alloc(0) });
    if (found.status !== 200) return found;
    const { FunctionArn, MemorySize, Timeout, Version } = JSON.parse(found.body.toString()) as {
      readonly FunctionArn: string;
      readonly MemorySize: number;
      readonly Timeout: number;
      readonly Version: string;
    };
    last += 1;
    const requestId = `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
    const reply = await host.invoke({
      requestId,
      payload: request.body,
      settings: {
        functionName: name,
        functionArn: FunctionArn,
        version: Version,
        revisionId: '1',
        memoryMb: MemorySize,
        timeoutSeconds: Timeout,
        ephemeralStorageMb: 512,
        environment: {},
        logFormat: 'Text',
        systemLogLevel: 'INFO',
        logGroup: `/aws/lambda/${name}`,
      },
    });
    logs?.add(name, Version, reply.log.toString());
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
        'x-amz-executed-version': Version,
        'x-amz-log-result': reply.log.toString('base64'),
      },
      body: reply.payload,
    };
  };
}

/** Operations that moto 5.2.1 does not have, for an account and a function with nothing of the kind. */
const absentRoute: Route = ({ method, path }) => {
  const answers: readonly (readonly [RegExp, unknown])[] = [
    [
      /^\/2016-08-19\/account-settings/,
      {
        AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 },
        AccountUsage: { FunctionCount: 1 },
      },
    ],
    [/^\/2021-10-31\/functions\/[^/]+\/urls/, { FunctionUrlConfigs: [] }],
    [
      /^\/2019-09-30\/functions\/[^/]+\/provisioned-concurrency/,
      { ProvisionedConcurrencyConfigs: [] },
    ],
  ];
  const found = method === 'GET' ? answers.find(([pattern]) => pattern.test(path)) : undefined;
  return Promise.resolve(found === undefined ? null : json(200, found[1]));
};
