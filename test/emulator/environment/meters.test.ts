import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { CpuMeter } from '../../../src/emulator/environment/linux/cpu-meter.ts';
import { MemoryPeak } from '../../../src/emulator/environment/linux/memory-peak.ts';
import { processTree } from '../../../src/emulator/environment/linux/process-tree.ts';

/** A Node program that prints lines for us to read and waits for lines of ours. */
function program(code: string) {
  const child: ChildProcess = spawn(process.execPath, ['-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const line = async () => String((await once(child.stdout ?? child, 'data'))[0]).trim();
  return { pid: child.pid ?? 0, line, go: () => child.stdin?.write('go\n') };
}

const WORK = `const spend = (ms) => { const s = process.cpuUsage(); for (;;) { const u = process.cpuUsage(s); if (u.user + u.system > ms * 1000) return; } };`;

test('the Linux meter counts the processor time of threads and children that have ended', async () => {
  const { pid, line, go } = program(`${WORK}
    const { Worker } = require('node:worker_threads');
    const { spawnSync } = require('node:child_process');
    console.log('ready');
    process.stdin.once('data', () => {
      const start = process.cpuUsage();
      // The thread's time is in the process's; the child's is apart.
      const worker = new Worker('(' + ((text) => eval(text)).toString() + ')(' + JSON.stringify(${JSON.stringify(WORK)} + 'spend(300)') + ')', { eval: true });
      worker.on('exit', () => {
        const { stdout } = spawnSync(process.execPath, ['-e', ${JSON.stringify(WORK)} + 'spend(300); const u = process.cpuUsage(); console.log(u.user + u.system)']);
        const own = process.cpuUsage(start);
        console.log((own.user + own.system + Number(stdout)) / 1000);
      });
    });`);
  expect(await line()).toBe('ready');
  const meter = new CpuMeter();
  meter.start(processTree(pid));
  go();
  const truthMs = Number(await line());
  meter.look(processTree(pid));
  expect(truthMs).toBeGreaterThan(600);
  // Of what has ended only ticks are known, 10 ms for each of four counters, and the child's own end comes
  // after what it has told. A thread or a child that is forgotten is missed by 300 ms.
  expect(Math.abs(meter.ms - truthMs)).toBeLessThan(150);
});

test('the Linux meter counts a living process to the part of a millisecond', async () => {
  const { pid, line, go } = program(`${WORK}
    let count = 0;
    // Works at every other word, and tells what it has used since it started.
    process.stdin.on('data', () => { if (count++ % 2 === 1) spend(37); const u = process.cpuUsage(); console.log((u.user + u.system) / 1000); });`);
  const tell = async () => {
    go();
    return Number(await line());
  };
  // What it tells around the two looks at the meter bounds what lies between them, however busy the
  // machine is.
  const meter = new CpuMeter();
  const beforeStartMs = await tell();
  meter.start([pid]);
  const afterWorkMs = await tell();
  meter.look([pid]);
  const afterLookMs = await tell();
  expect(afterWorkMs - beforeStartMs).toBeGreaterThan(37);
  // A running thread's last slice may not be in it yet.
  expect(meter.ms).toBeGreaterThan(37 - 12);
  // Where ticks are counted, they round up by one for user and one for system time.
  expect(meter.ms).toBeLessThan(afterLookMs - beforeStartMs + 20);
});

test('the Linux meter remembers a peak of memory that is over, and adds up what several processes hold', async () => {
  const { pid, line, go } = program(`
    const { spawn } = require('node:child_process');
    let held = Buffer.alloc(200 * 2 ** 20, 1);
    const rssMb = () => process.memoryUsage.rss() / 2 ** 20;
    const peak = rssMb();
    held = null; globalThis.gc?.();
    console.log(peak);
    process.stdin.once('data', () => {
      const child = spawn(process.execPath, ['-e', 'const b = Buffer.alloc(300 * 2 ** 20, 1); console.log(b.length); process.stdin.resume().on("end", () => process.exit(b.length & 1))']);
      child.stdout.once('data', () => console.log('both'));
    });`);
  const peakMb = Number(await line());
  const memory = new MemoryPeak();
  memory.look(processTree(pid));
  expect(memory.mb).toBeGreaterThanOrEqual(peakMb - 1);
  expect(memory.mb).toBeLessThan(peakMb + 30);
  go();
  expect(await line()).toBe('both');
  memory.look(processTree(pid));
  expect(memory.mb).toBeGreaterThan(300 + 40);
  memory.reset();
  expect(memory.mb).toBe(0);
});
