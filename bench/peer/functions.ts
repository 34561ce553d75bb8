import { seededRandom, standardNormal } from '../../src/contract/shared/random.ts';
import type { FunctionHost } from '../../src/emulator/index.ts';

/** A function whose truth is known, so that an answer about it can be judged. */
export interface Law {
  readonly name: string;
  readonly what: string;
  readonly timeoutSeconds: number;
  readonly meanMs: (memoryMb: number) => number;
  /** One draw around the mean of 1. */
  readonly noise: (random: () => number) => number;
}

/** Single-threaded work is as fast as it gets at one vCPU. */
const FULL_CPU_MB = 1769;

function cpu(atOneVcpuMs: number, waitingMs: number): (memoryMb: number) => number {
  return (memoryMb) => waitingMs + (atOneVcpuMs * FULL_CPU_MB) / Math.min(memoryMb, FULL_CPU_MB);
}

/** Log-normal with a mean of 1. */
function spread(sigma: number): (random: () => number) => number {
  return (random) => Math.exp(sigma * standardNormal(random) - sigma ** 2 / 2);
}

const rareSlow = (random: () => number): number => {
  const usual = spread(0.05)(random);
  return (random() < 0.05 ? 5 : 1) * (usual / (0.95 + 0.05 * 5));
};

export const LAWS: readonly Law[] = [
  {
    name: 'work',
    what: 'work on one core, 2 % noise',
    timeoutSeconds: 30,
    meanMs: cpu(60, 0.5),
    noise: spread(0.02),
  },
  {
    name: 'waiting',
    what: 'waits for others, 10 % noise',
    timeoutSeconds: 30,
    meanMs: cpu(1, 120),
    noise: spread(0.1),
  },
  {
    name: 'mixed',
    what: 'work and waiting, 30 % noise',
    timeoutSeconds: 30,
    meanMs: cpu(40, 60),
    noise: spread(0.3),
  },
  {
    name: 'tight',
    what: 'far slower below 512 MB, 5 % noise',
    timeoutSeconds: 30,
    meanMs: (memoryMb) => cpu(40, 10)(memoryMb) * (memoryMb < 512 ? 1 + (512 - memoryMb) / 256 : 1),
    noise: spread(0.05),
  },
  {
    name: 'rare-slow',
    what: 'one in 20 takes five times as long',
    timeoutSeconds: 30,
    meanMs: cpu(30, 20),
    noise: rareSlow,
  },
  {
    name: 'long-timeout',
    what: '17 to 240 ms, with a timeout of 900 s',
    timeoutSeconds: 900,
    meanMs: cpu(17, 0.5),
    noise: spread(0.05),
  },
];

export interface Meter {
  invocations: number;
  coldStarts: number;
  gbSeconds: number;
  /** Of these, what was spent on $LATEST: the trial. */
  trialGbSeconds: number;
  /** Of these, the inits of every environment of a version but its first. */
  furtherInitsGbSeconds: number;
}

const INIT_MS = 150;

/** Runs a law: each environment serves one call at a time, and the first one of each is cold. */
export function lawHost(
  law: Law,
  options: { readonly seed: number; readonly inRealTime: boolean; readonly meter: Meter },
): FunctionHost {
  const { meter, inRealTime } = options;
  const free = new Map<string, number>();
  const begun = new Set<string>();
  const draws = new Map<number, () => number>();
  return {
    cpu: 'recorded',
    maxMemoryMb: 10_240,
    refuses: () => null,
    async invoke({ settings, requestId }) {
      const { version, memoryMb } = settings;
      const ready = free.get(version) ?? 0;
      if (ready > 0) free.set(version, ready - 1);
      const random = draws.get(memoryMb) ?? seededRandom(options.seed, memoryMb);
      draws.set(memoryMb, random);
      const durationMs = law.meanMs(memoryMb) * law.noise(random);
      const initMs = ready > 0 ? 0 : INIT_MS;
      // Billed since August 2025: the init too (AWS Lambda pricing).
      const billedMs = Math.ceil(durationMs + initMs);
      meter.invocations += 1;
      meter.coldStarts += initMs > 0 ? 1 : 0;
      const gb = memoryMb / 1024;
      meter.gbSeconds += (billedMs / 1000) * gb;
      if (version === '$LATEST') meter.trialGbSeconds += (billedMs / 1000) * gb;
      else if (begun.has(version)) meter.furtherInitsGbSeconds += (initMs / 1000) * gb;
      begun.add(version);
      const waitMs = inRealTime ? durationMs + initMs : 0;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      free.set(version, (free.get(version) ?? 0) + 1);
      const report = [
        `REPORT RequestId: ${requestId}`,
        `Duration: ${durationMs.toFixed(2)} ms`,
        `Billed Duration: ${billedMs} ms`,
        `Memory Size: ${memoryMb} MB`,
        'Max Memory Used: 70 MB',
        ...(initMs > 0 ? [`Init Duration: ${initMs.toFixed(2)} ms`] : []),
      ].join('\t');
      const log = `START RequestId: ${requestId} Version: ${version}\nEND RequestId: ${requestId}\n${report}\t\n`;
      return { payload: Buffer.from('{}'), functionError: null, log: Buffer.from(log) };
    },
    retire: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
