import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { killAll } from '../kill-all.ts';

export type CgroupVersion = 'cgroup-v1' | 'cgroup-v2';

/** Lambda's period: pauses of throttled functions are multiples of it (measured by others on AWS). */
const PERIOD_US = 20_000;

/** The kernel takes no smaller quota. */
const MIN_QUOTA_US = 1000;

/**
 * Whatever else runs on this machine should not slow down what is measured, so a group comes before
 * ordinary processes: eight times their weight. The quota bounds it all the same.
 */
const WEIGHT = { 'cgroup-v1': ['cpu.shares', '8192'], 'cgroup-v2': ['cpu.weight', '800'] } as const;

const REMOVAL_STEP_MS = 5;
const REMOVAL_STEPS = 1000;

/** One control group with a processor quota. */
export class CpuGroup {
  readonly #version: CgroupVersion;
  readonly #directory: string;

  private constructor(version: CgroupVersion, directory: string) {
    this.#version = version;
    this.#directory = directory;
  }

  /** Makes the group, without a limit. @throws when it cannot be made, or has no processor quota */
  static create(version: CgroupVersion, directory: string): CpuGroup {
    mkdirSync(directory);
    const group = new CpuGroup(version, directory);
    try {
      group.unlimit();
      const [file, weight] = WEIGHT[version];
      writeFileSync(`${directory}/${file}`, weight);
      return group;
    } catch (error) {
      rmdirSync(directory);
      throw error;
    }
  }

  /** A process that writes its id here is in the group, and so is whatever it starts. */
  get procsFile(): string {
    return `${this.#directory}/cgroup.procs`;
  }

  /** Caps all processes of the group together to `cores` processors in every period of 20 ms. */
  limitTo(cores: number): void {
    this.#write(Math.max(MIN_QUOTA_US, Math.round(cores * PERIOD_US)));
  }

  unlimit(): void {
    this.#write(null);
  }

  /** How often the group has been held back so far. */
  get throttledPeriods(): number {
    const match = /^nr_throttled (\d+)/m.exec(readFileSync(`${this.#directory}/cpu.stat`, 'utf8'));
    return Number(match?.[1] ?? 0);
  }

  get pids(): readonly number[] {
    return pidsIn(this.#directory);
  }

  /** Kills what is left in it and removes it. */
  remove(): Promise<void> {
    return removeCgroup(this.#directory);
  }

  #write(quotaUs: number | null): void {
    if (this.#version === 'cgroup-v2') {
      writeFileSync(`${this.#directory}/cpu.max`, `${quotaUs ?? 'max'} ${PERIOD_US}`);
      return;
    }
    writeFileSync(`${this.#directory}/cpu.cfs_period_us`, String(PERIOD_US));
    writeFileSync(`${this.#directory}/cpu.cfs_quota_us`, String(quotaUs ?? -1));
  }
}

/** Kills what is in a control group of either version and removes it, as soon as the kernel lets go. */
export async function removeCgroup(directory: string): Promise<void> {
  for (let step = 0; existsSync(directory); step += 1) {
    killAll(pidsIn(directory));
    try {
      rmdirSync(directory);
    } catch (error) {
      // A killed process takes a moment to leave.
      if (step === REMOVAL_STEPS) throw error;
      await sleep(REMOVAL_STEP_MS);
    }
  }
}

function pidsIn(directory: string): readonly number[] {
  try {
    const text = readFileSync(`${directory}/cgroup.procs`, 'utf8');
    // 0: a process of another pid namespace, which a signal to 0 would not mean.
    return text
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}
