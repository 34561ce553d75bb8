import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { METER_VARIABLE } from '../../../src/emulator/environment/choose-meter.ts';
import { locateHandler } from '../../../src/emulator/environment/handler-location.ts';
import {
  createProcessHost,
  type ProcessHostOptions,
} from '../../../src/emulator/environment/process-host.ts';
import type {
  FunctionHost,
  HostInvocation,
  VariantSettings,
} from '../../../src/emulator/lambda/function-host.ts';

export const HANDLERS = path.resolve(import.meta.dirname, '../../data/handlers');

const SETTINGS: VariantSettings = {
  functionName: 'orders',
  functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
  version: '$LATEST',
  revisionId: '1',
  // One vCPU, so that tests of anything but the share are not slowed by it.
  memoryMb: 1769,
  timeoutSeconds: 20,
  ephemeralStorageMb: 512,
  environment: {},
  logFormat: 'Text',
  systemLogLevel: 'DEBUG',
  logGroup: '/aws/lambda/orders',
};

export type MeterKind = 'linux' | 'posix';

/** The meters that work here; the one of macOS works on Linux too. */
export const METERS: readonly MeterKind[] =
  process.platform === 'linux' ? ['linux', 'posix'] : ['posix'];

/** Starts something with the variable set by which a meter is chosen. */
export function withMeter<T>(meter: MeterKind | undefined, start: () => T): T {
  const before = process.env[METER_VARIABLE];
  if (meter === 'posix') process.env[METER_VARIABLE] = meter;
  try {
    return start();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, METER_VARIABLE);
    else process.env[METER_VARIABLE] = before;
  }
}

interface TestHostOptions extends Omit<ProcessHostOptions, 'handler'> {
  readonly meter?: MeterKind;
  readonly python?: string;
}

/** A host for a handler of `test/data/handlers`, closed when the test is over. */
export async function startHost(
  handler: string,
  options: TestHostOptions = {},
): Promise<FunctionHost> {
  const host = await openHost(handler, options);
  onTestFinished(() => host.close());
  return host;
}

/** The same, to be closed by whoever opened it. */
export async function openHost(
  handler: string,
  options: TestHostOptions = {},
): Promise<FunctionHost> {
  const { meter, python, ...rest } = options;
  const located = await locateHandler(path.join(HANDLERS, handler), undefined, python);
  if (located.kind === 'problem') throw new Error(located.message);
  // The meter is chosen before anything is waited for.
  return withMeter(meter, () => createProcessHost({ handler: located.location, ...rest }));
}

/** One invocation, with its answer and its log as text. */
export async function invoke(
  host: FunctionHost,
  change: {
    readonly settings?: Partial<VariantSettings>;
    readonly event?: unknown;
    readonly clientContext?: string;
    readonly requestId?: string;
  } = {},
) {
  const invocation: HostInvocation = {
    settings: { ...SETTINGS, ...change.settings },
    requestId: change.requestId ?? randomUUID(),
    payload:
      change.event === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(change.event)),
    ...(change.clientContext === undefined ? {} : { clientContext: change.clientContext }),
  };
  const reply = await host.invoke(invocation);
  const log = reply.log.toString();
  return {
    requestId: invocation.requestId,
    functionError: reply.functionError,
    text: reply.payload.toString(),
    json: parse(reply.payload.toString()) as Readonly<Record<string, unknown>>,
    log,
    lines: log.split('\n'),
    report: reportOf(log),
  };
}

/** The fields of the REPORT line, by name, as text. */
function reportOf(log: string): Readonly<Record<string, string>> {
  const line = log.split('\n').findLast((candidate) => candidate.startsWith('REPORT ')) ?? '';
  return Object.fromEntries(
    line
      .slice('REPORT '.length)
      .split('\t')
      .filter((field) => field.includes(': '))
      .map((field) => {
        const colon = field.indexOf(': ');
        return [field.slice(0, colon), field.slice(colon + 2).trim()];
      }),
  );
}

/** A field such as `Duration`, in ms or MB. */
export function numberOf(report: Readonly<Record<string, string>>, field: string): number {
  return Number.parseFloat(report[field] ?? '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
