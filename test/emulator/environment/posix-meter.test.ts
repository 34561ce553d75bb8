import { describe, expect, test } from 'vitest';
import { chooseMeter } from '../../../src/emulator/environment/choose-meter.ts';
import { Household } from '../../../src/emulator/environment/posix/household.ts';
import { Looks } from '../../../src/emulator/environment/posix/looks.ts';
import { parseMarks } from '../../../src/emulator/environment/posix/marked.ts';
import { PosixCpu } from '../../../src/emulator/environment/posix/posix-cpu.ts';
import {
  isOfDeadPosixRun,
  newPosixRunId,
} from '../../../src/emulator/environment/posix/posix-run.ts';
import {
  parseProcessTable,
  readProcessTable,
  type ProcessRow,
} from '../../../src/emulator/environment/posix/process-table.ts';
import { invoke, numberOf, startHost } from './start-host.ts';

const row = (pid: number, rest: Partial<ProcessRow> = {}): ProcessRow => ({
  pid,
  parent: 1,
  group: pid,
  cpuMs: 0,
  residentBytes: 0,
  startedAtMs: 1_000_000,
  ...rest,
});
const table = (...rows: readonly ProcessRow[]) => ({
  atMs: 0,
  rows: new Map(rows.map((each) => [each.pid, each])),
});

test('lines of ps are read as Linux and macOS write them, also with days of processor time', () => {
  const rows = parseProcessTable(
    [
      '  501     1   501 00:01:02  12345 Sat Nov 28 08:19:03 2026',
      '  502   501   501   0:00.25    600 Sat 28 Nov 08:19:05 2026',
      '  503   501   503 1-02:03:04  1 Sat Nov 28 08:19:05 2026',
      '  504   501   504 -  - -',
      '',
    ].join('\n'),
  );
  expect([...rows.keys()]).toEqual([501, 502, 503]);
  // 62 s; a quarter of a second; 26 h, 3 min and 4 s.
  expect([...rows.values()].map(({ cpuMs }) => cpuMs)).toEqual([62_000, 250, 93_784_000]);
  // 12,345 KB.
  expect(rows.get(501)).toMatchObject({ parent: 1, group: 501, residentBytes: 12_641_280 });
});

test('the mark of a run is found among the variables behind a command, and nothing that only looks like it', () => {
  const run = 'powerdial-0-77-1790000000-00ff00ff';
  const text = [
    `  12 node app.mjs PATH=/bin POWERDIAL_ENVIRONMENT=${run}/3 HOME=/tmp`,
    `  13 sleep 5 POWERDIAL_ENVIRONMENT=${run}/4`,
    `  14 awk -v name=POWERDIAL_ENVIRONMENT -v run=${run}`,
  ].join('\n');
  expect([...parseMarks(text)]).toEqual([
    [12, `${run}/3`],
    [13, `${run}/4`],
  ]);
});

describe('the processes of an environment', () => {
  test('are its group and its descendants, also once their parent has gone, and no stranger of the same number', () => {
    const household = new Household(10);
    const away = row(13, { parent: 12 });
    household.look(table(row(10), row(11, { group: 10 }), row(12, { parent: 11 }), away, row(99)));
    expect(household.pids).toEqual([10, 11, 12, 13]);
    household.look(table(row(10), { ...away, parent: 1 }, row(12, { startedAtMs: 9_000_000 })));
    expect(household.pids).toEqual([10, 13]);
  });
});

describe('processor time', () => {
  const counting = { stepMs: 10, sumsEnded: true };

  test('is what the runtime tells of itself, however coarse ps counts', () => {
    const cpu = new PosixCpu({ stepMs: 1000, sumsEnded: true });
    cpu.note({ cpuMs: 120.5, peakBytes: 1 });
    cpu.look([row(10, { cpuMs: 0 })], 10, true);
    cpu.start();
    cpu.note({ cpuMs: 157.75, peakBytes: 1 });
    cpu.look([row(10, { cpuMs: 1000 })], 10, true);
    expect(cpu.ms).toBe(37.25);
  });

  test('holds children that ended where their parent has their time, and does not count them twice', () => {
    const cpu = new PosixCpu(counting);
    cpu.note({ cpuMs: 100, peakBytes: 1 });
    cpu.look([row(10, { cpuMs: 100 })], 10, true);
    cpu.start();
    // While it works, what it told last is no longer so.
    cpu.look([row(10, { cpuMs: 130 }), row(11, { cpuMs: 200 })], 10, false);
    cpu.note({ cpuMs: 150, peakBytes: 1 });
    cpu.look([row(10, { cpuMs: 450 })], 10, true);
    // 50 of its own and 300 of the child, which is in its parent's 450 by then.
    expect(cpu.ms).toBe(350);
  });

  test('holds what was seen of children where ps does not add them up, as on macOS', () => {
    const cpu = new PosixCpu({ stepMs: 10, sumsEnded: false });
    cpu.note({ cpuMs: 100, peakBytes: 1 });
    cpu.start();
    cpu.look([row(10, { cpuMs: 130 }), row(11, { cpuMs: 200 })], 10, false);
    cpu.note({ cpuMs: 150, peakBytes: 1 });
    cpu.look([row(10, { cpuMs: 150 })], 10, true);
    // The child has gone, and its 200 are in nobody's time.
    expect(cpu.ms).toBe(250);
  });

  test('of a runtime that tells nothing is what ps tells', () => {
    const cpu = new PosixCpu(counting);
    cpu.look([row(10, { cpuMs: 40 })], 10, false);
    cpu.start();
    cpu.look([row(10, { cpuMs: 70 }), row(11, { cpuMs: 20 })], 10, false);
    expect(cpu.ms).toBe(50);
  });
});

test('a look is shared by all who ask before it starts, and never by who asks later', async () => {
  let count = 0;
  const looks = new Looks(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return (count += 1);
  });
  const first = looks.fresh();
  await Promise.resolve();
  const [, ...later] = await Promise.all([first, looks.fresh(), looks.fresh()]);
  expect(later).toEqual([2, 2]);
  expect(count).toBe(2);
});

test('a run id tells whether its process lives, by when it was started', async () => {
  const own = await newPosixRunId();
  const now = await readProcessTable();
  expect(isOfDeadPosixRun(own, now)).toBe(false);
  expect(isOfDeadPosixRun(`${own}/7`, now)).toBe(false);
  const [, , pid, started, random] = own.split('-');
  // The number belongs to a process by now that was started a minute after the one that is named.
  const before = Number(started) - 60;
  expect(isOfDeadPosixRun(`powerdial-0-${pid}-${before}-${random}`, now)).toBe(true);
  expect(isOfDeadPosixRun(`powerdial-0-4194305-${started}-${random}`, now)).toBe(true);
  expect(isOfDeadPosixRun('powerdial-4026531836-1-1-aa', now)).toBe(false);
});

test('the runtime tells what it uses, and the handler does not see that it was asked to', async () => {
  const host = await startHost('endings.mjs#fillsMemoryQuickly', { meter: 'posix' });
  expect(host).toMatchObject({ cpu: 'settle', meter: 'posix' });
  const settings = { memoryMb: 512 };
  const used = async (mb: number) =>
    numberOf((await invoke(host, { settings, event: { mb } })).report, 'Max Memory Used');
  const large = await used(200);
  expect(large).toBeGreaterThan(200);
  expect(large).toBeLessThan(512);
  expect(await used(1)).toBeGreaterThanOrEqual(large);
  const seen = await startHost('endings.mjs#variables', { meter: 'posix' });
  expect(Object.keys((await invoke(seen)).json)).not.toContain('POWERDIAL_REPORTS_USAGE');
});

test('on Windows a local run says in one sentence how to use WSL', () => {
  expect(() => chooseMeter('win32')).toThrow(/On Windows, run the same command in WSL/);
  expect(chooseMeter('darwin').kind).toBe('posix');
});
