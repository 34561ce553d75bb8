import type { Journal } from './journal.ts';
import type { PublishedVersion } from './version-mark.ts';

/**
 * What the version that Apply publishes carries behind the user's own description: which run made it, and
 * of which update. A version's description is for good, so the mark stays there for people; to Powerdial
 * it means something only as long as the journal of that update stands, which is until the alias points
 * at the version. After that the version is the user's.
 */
export interface ReleaseMark {
  readonly run: string;
  /** The serial of the update that the version holds. */
  readonly serial: number;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** The highest version number that existed before the run. */
  readonly above: number;
}

const MARK = /(?:^|\s)\[powerdial ([^\s\][]+) #(\d+) applied (\d+)MB\/(\d+)s above (\d+)\]$/;

/** Returns the version's Description: always shorter than the one that carries the journal. */
export function writeReleaseMark(mark: ReleaseMark, description: string): string {
  const { run, serial, memoryMb, timeoutSeconds, above } = mark;
  const suffix = `[powerdial ${run} #${serial} applied ${memoryMb}MB/${timeoutSeconds}s above ${above}]`;
  return description === '' ? suffix : `${description} ${suffix}`;
}

/** Reads the mark of a version; `null` for every version that no Apply published. */
export function readReleaseMark(description: string): ReleaseMark | null {
  const match = MARK.exec(description);
  if (match === null) {
    return null;
  }
  const [, run = '', serial, memoryMb, timeoutSeconds, above] = match;
  return {
    run,
    serial: Number(serial),
    memoryMb: Number(memoryMb),
    timeoutSeconds: Number(timeoutSeconds),
    above: Number(above),
  };
}

/** Returns the version that the update of a journal was published as: none, or one. */
export function releasesOf<V extends PublishedVersion>(
  { run, serial }: Pick<Journal, 'run' | 'serial'>,
  versions: readonly V[],
): readonly V[] {
  return versions.filter((each) => {
    const mark = readReleaseMark(each.description);
    return mark?.run === run && mark.serial === serial && Number(each.version) > mark.above;
  });
}
