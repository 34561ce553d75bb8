/**
 * The Description of a version that a run publishes. Its form is another than the journal's, so that a
 * version which somebody else publishes while a journal stands is never taken for one of ours.
 */
export interface VersionMark {
  readonly run: string;
  /** The serial of the update that the version holds. */
  readonly serial: number;
  readonly memoryMb: number;
  /** The highest version number that existed before the run: nothing up to it is the run's. */
  readonly above: number;
  /** After this the run no longer lives. ISO 8601, to the minute, UTC. */
  readonly until: string;
}

const MARK =
  /^powerdial ([^\s\][]+) #(\d+) (\d+)MB above (\d+) until (\d{4}-\d\d-\d\dT\d\d:\d\dZ)$/;

export function writeVersionMark(mark: VersionMark): string {
  return `powerdial ${mark.run} #${mark.serial} ${mark.memoryMb}MB above ${mark.above} until ${mark.until}`;
}

/** Reads the mark of a version; `null` for every version that no run published. */
export function readVersionMark(description: string): VersionMark | null {
  const match = MARK.exec(description);
  if (match === null) {
    return null;
  }
  const [, run = '', serial, memoryMb, above, until = ''] = match;
  return {
    run,
    serial: Number(serial),
    memoryMb: Number(memoryMb),
    above: Number(above),
    until,
  };
}

/** A published version as far as its owner is in question. */
export interface PublishedVersion {
  readonly version: string;
  readonly description: string;
}

/** Returns the versions that a run created, and no other: exactly its mark, numbered above what it found. */
export function versionsOfRun<V extends PublishedVersion>(
  run: string,
  versions: readonly V[],
): readonly V[] {
  return versions.filter((each) => {
    const mark = readVersionMark(each.description);
    return mark?.run === run && Number(each.version) > mark.above;
  });
}
