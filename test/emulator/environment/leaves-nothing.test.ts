import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chooseMeter, METER_VARIABLE } from '../../../src/emulator/environment/choose-meter.ts';
import { ownCgroupPlaces } from '../../../src/emulator/environment/linux/choose-cpu-share.ts';
import { createProcessHost } from '../../../src/emulator/environment/process-host.ts';
import { isOfDeadRun, newRunId } from '../../../src/emulator/environment/linux/run-id.ts';
import { isAlive } from './processes.ts';
import { HANDLERS, METERS, withMeter, type MeterKind } from './start-host.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const HANDLER = path.join(HANDLERS, 'endings.mjs');

/** What a host in a process of its own has made, found from outside. */
interface Made {
  readonly host: ChildProcess;
  /** The handler's process, a child, a grandchild and one in a session of its own. */
  readonly pids: readonly number[];
  readonly port: number;
  readonly runId: string;
}

/** Starts a program with a host in it, which makes one invocation that starts more processes. */
async function startHostProcess(
  cpu: string,
  how: 'idle' | 'busy' | 'exit' | 'close',
  meter?: MeterKind,
): Promise<Made> {
  const folder = mkdtempSync(path.join(tmpdir(), 'leaves-nothing-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const answerFile = path.join(folder, 'answer.json');
  const host = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'host-process.mjs'), HANDLER, cpu, how],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ANSWER_FILE: answerFile,
        ...(meter === 'posix' ? { [METER_VARIABLE]: meter } : {}),
      },
    },
  );
  onTestFinished(() => void host.kill('SIGKILL'));
  await once(host.stdout, 'data');
  await expect.poll(() => existsSync(answerFile)).toBe(true);
  const { pids, api, mark } = JSON.parse(readFileSync(answerFile, 'utf8')) as {
    readonly pids: readonly number[];
    readonly api: string;
    readonly mark: string;
  };
  return { host, pids, port: Number(api.split(':')[1]), runId: mark.split('/')[0] ?? '' };
}

function cgroupsOf(runId: string): readonly string[] {
  const { v1, v2 } = ownCgroupPlaces();
  return [...v1, ...v2].flatMap((directory) =>
    readdirSync(directory).filter((name) => name.startsWith(runId)),
  );
}

/** Processes whose command line names the run: the guardian. */
function guardiansOf(runId: string): readonly number[] {
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.includes(`powerdial-guardian ${runId}`))
    .map((line) => Number.parseInt(line, 10));
}

async function isOpen(port: number): Promise<boolean> {
  const socket = net.connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

async function findLeft({ pids, port, runId }: Made) {
  return {
    processes: pids.filter(isAlive),
    guardians: guardiansOf(runId),
    cgroups: cgroupsOf(runId),
    temporary: readdirSync(tmpdir()).filter((name) => name.startsWith(runId)),
    portOpen: await isOpen(port),
  };
}

const NOTHING = { processes: [], guardians: [], cgroups: [], temporary: [], portOpen: false };
const ownMeter = chooseMeter();
const best = (await ownMeter.chooseCpuShare('auto', await ownMeter.newRunId())).kind;
const shares: readonly (readonly [cpu: string, meter: MeterKind])[] = [
  ...(best === 'settle' ? [] : [[best, 'linux'] as const]),
  ...METERS.map((meter) => ['settle', meter] as const),
];

test.each([
  ...shares.flatMap(([cpu, meter]) => [
    ...(meter === 'posix' ? [] : [[cpu, meter, 'idle', 'SIGKILL'] as const]),
    [cpu, meter, 'busy', 'SIGKILL'] as const,
  ]),
  [best, ownMeter.kind, 'busy', 'SIGINT'] as const,
])(
  '%s, %s meter: nothing is left of a host that was %s and got a %s',
  async (cpu, meter, how, signal) => {
    const made = await startHostProcess(cpu, how, meter);
    expect(made.pids).toHaveLength(4);
    expect(await findLeft(made)).toMatchObject({
      processes: made.pids,
      guardians: [expect.any(Number)],
      portOpen: true,
    });
    made.host.kill(signal);
    await expect.poll(() => findLeft(made)).toEqual(NOTHING);
  },
);

test('nothing is left of a host that ended without closing', async () => {
  const made = await startHostProcess(best, 'exit');
  await expect.poll(() => findLeft(made)).toEqual(NOTHING);
});

test.each(shares)('%s, %s meter: nothing is left when a host has closed', async (cpu, meter) => {
  const made = await startHostProcess(cpu, 'close', meter);
  // It ends by itself: nothing keeps it. By then, all is gone, the guardian too.
  await once(made.host, 'exit');
  expect(made.host.exitCode).toBe(0);
  expect(await findLeft(made)).toEqual(NOTHING);
});

test.each(METERS)(
  '%s meter: what is left when the guardian was killed too, the next start removes',
  async (meter) => {
    const made = await startHostProcess('auto', 'idle', meter);
    const alive = await startHostProcess('auto', 'idle', meter);
    for (const guardian of guardiansOf(made.runId)) process.kill(guardian, 'SIGKILL');
    await expect.poll(() => guardiansOf(made.runId)).toEqual([]);
    made.host.kill('SIGKILL');
    await once(made.host, 'exit');
    // Stopped processes notice nothing: from here on only the start of a host removes them. (It may be
    // one of another test file, which is why nothing is expected to be left at this point.)
    const next = await withMeter(meter, () =>
      createProcessHost({ handler: { kind: 'node', file: HANDLER, exportName: 'answers' } }),
    );
    onTestFinished(() => next.close());
    await expect.poll(() => findLeft(made)).toEqual(NOTHING);
    // What belongs to somebody who lives is left alone.
    expect((await findLeft(alive)).processes).toEqual(alive.pids);
  },
);

test('an invocation under way is turned away when the host closes', async () => {
  const host = await createProcessHost({
    handler: { kind: 'node', file: HANDLER, exportName: 'sleepsForever' },
    cores: 1,
    cpu: 'settle',
  });
  const invoke = (requestId: string) =>
    host.invoke({
      settings: {
        functionName: 'f',
        functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
        version: '$LATEST',
        revisionId: '1',
        memoryMb: 1769,
        timeoutSeconds: 600,
        ephemeralStorageMb: 512,
        environment: {},
        logFormat: 'Text',
        systemLogLevel: 'INFO',
        logGroup: '/aws/lambda/f',
      },
      requestId,
      payload: Buffer.from('{}'),
    });
  const ends = Promise.allSettled([invoke('runs'), invoke('waits for a core')]);
  await host.close();
  const messages = (await ends).map((end) =>
    end.status === 'rejected' ? String(end.reason) : 'answered',
  );
  expect(messages).toEqual([expect.stringContaining('closed'), expect.stringContaining('closed')]);
  await expect(invoke('late')).rejects.toThrow('closed');
  await host.close();
});

test.runIf(process.platform === 'linux')('a run id tells whether its process lives', () => {
  const own = newRunId();
  expect(isOfDeadRun(own)).toBe(false);
  expect(isOfDeadRun(`${own}-7`)).toBe(false);
  const [, namespace, pid, started, random] = own.split('-');
  // The pid was reused by a process that started at another time.
  expect(isOfDeadRun(`powerdial-${namespace}-${pid}-1${started}-${random}`)).toBe(true);
  // 2^22 is the kernel's largest pid_max.
  expect(isOfDeadRun(`powerdial-${namespace}-4194305-${started}-${random}`)).toBe(true);
  // Of another container, or not ours at all.
  expect(isOfDeadRun(`powerdial-1${namespace}-4194305-${started}-${random}`)).toBe(false);
  expect(isOfDeadRun('powerdial')).toBe(false);
  expect(isOfDeadRun('system.slice')).toBe(false);
});
