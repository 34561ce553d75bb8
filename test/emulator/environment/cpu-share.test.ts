import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chooseMeter } from '../../../src/emulator/environment/choose-meter.ts';
import { invoke, METERS, numberOf, startHost } from './start-host.ts';

const meter = chooseMeter();
const best = await meter.chooseCpuShare('auto', await meter.newRunId());

/*
 * A slow machine only makes durations longer, so what can be asserted anywhere is that nothing is
 * faster than its share allows. How close it comes is the benchmark's business (bench/cpu-share.ts).
 */
describe.each([
  ...(best.kind === 'settle' ? [] : [[best.kind, 'linux'] as const]),
  ...METERS.map((each) => ['settle', each] as const),
])('with %s, %s meter', (cpu, by) => {
  test.each([128, 512])('nothing is faster than its share: %i MB', async (memoryMb) => {
    const host = await startHost('endings.mjs#spends', { cpu, meter: by });
    expect(host.cpu).toBe(cpu);
    for (const cpuMs of [60, 90]) {
      const { json, report } = await invoke(host, { settings: { memoryMb }, event: { cpuMs } });
      const idealMs = (Number(json['cpuMs']) * 1769) / memoryMb;
      // With a quota the first and the last period of 20 ms may be used in part.
      const slackMs = cpu === 'settle' ? 0.01 * idealMs : 40;
      expect(numberOf(report, 'Duration')).toBeGreaterThan(idealMs - slackMs);
    }
  });

  test('a share that does not fit the timeout times out', async () => {
    const host = await startHost('endings.mjs#spends', { cpu, meter: by });
    // 200 ms of work at 128 MB are 2.8 s.
    const { json, report } = await invoke(host, {
      settings: { memoryMb: 128, timeoutSeconds: 1 },
      event: { cpuMs: 200 },
    });
    expect(json).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(report).toMatchObject({ Duration: '1000.00 ms', Status: 'timeout' });
    // It was killed or not, the next invocation is a good one.
    const next = await invoke(host, {
      settings: { memoryMb: 128, timeoutSeconds: 20 },
      event: { cpuMs: 1 },
    });
    expect(next.functionError).toBeNull();
  });
});

test.runIf(best.kind === 'cgroup-v1')('children are in the group of their parent', async () => {
  if (best.kind === 'settle') return;
  const host = await startHost('endings.mjs#startsChildren', { cpu: best.kind });
  const { json } = await invoke(host);
  const pids = (json['pids'] as readonly number[]).map(String);
  const groups = readdirSync(best.directory).filter((name) => name.startsWith('powerdial-'));
  const ours = groups
    .map((name) => readFileSync(`${best.directory}/${name}/cgroup.procs`, 'utf8').split('\n'))
    .find((members) => members.includes(pids[0] ?? ''));
  expect(ours).toEqual(expect.arrayContaining(pids));
});

test('a kind that does not work here is an error that says what to do', async () => {
  const missing = best.kind === 'cgroup-v2' ? 'cgroup-v1' : 'cgroup-v2';
  await expect(startHost('common.cjs', { cpu: missing })).rejects.toThrow(
    new RegExp(`${missing}.*Use settle`, 's'),
  );
});
