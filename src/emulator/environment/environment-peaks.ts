/** The most of what is scarce in an environment, over all environments of one memory size. */
export interface EnvironmentPeaks {
  readonly memoryMb: number;
  /** In its `/tmp`, in MB; `null` where it could not be known. */
  readonly ephemeralStorageMb: number | null;
  /** Open files of all its processes together; `null` where it could not be known. */
  readonly fileDescriptors: number | null;
}

/** Keeps the greatest of what each invocation left behind; what was unknown once stays unknown. */
export class Peaks {
  readonly #bySize = new Map<number, EnvironmentPeaks>();

  note(seen: EnvironmentPeaks): void {
    const known = this.#bySize.get(seen.memoryMb);
    this.#bySize.set(seen.memoryMb, known === undefined ? seen : larger(known, seen));
  }

  /** Ascending. */
  all(): readonly EnvironmentPeaks[] {
    return [...this.#bySize.values()].toSorted((a, b) => a.memoryMb - b.memoryMb);
  }
}

function larger(a: EnvironmentPeaks, b: EnvironmentPeaks): EnvironmentPeaks {
  return {
    memoryMb: a.memoryMb,
    ephemeralStorageMb: largerOf(a.ephemeralStorageMb, b.ephemeralStorageMb),
    fileDescriptors: largerOf(a.fileDescriptors, b.fileDescriptors),
  };
}

function largerOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}
