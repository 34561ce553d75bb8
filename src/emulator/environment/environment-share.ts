import { MEMORY_MB_PER_VCPU } from '../../contract/shared/memory.ts';
import type { CpuShare } from './cpu-share.ts';
import type { CpuGroup } from './linux/cpu-group.ts';

/** The share of the processors that the memory of an environment buys: 1,769 MB buy one. */
export class EnvironmentShare {
  readonly cores: number;
  /** `null` where no control group holds the process to its share. */
  readonly group: CpuGroup | null;
  #isLimited = false;

  /** @param name of the group, unlike that of any other */
  constructor(cpu: CpuShare, name: string, memoryMb: number) {
    this.cores = memoryMb / MEMORY_MB_PER_VCPU;
    this.group = cpu.kind === 'settle' ? null : cpu.newGroup(name);
  }

  /** Holds the process to its share from now on. */
  limit(): void {
    if (!this.#isLimited) this.group?.limitTo(this.cores);
    this.#isLimited = true;
  }

  /** Lets the process run at full speed, as an init does. */
  lift(): void {
    this.group?.unlimit();
    this.#isLimited = false;
  }

  async remove(): Promise<void> {
    await this.group?.remove();
  }
}
