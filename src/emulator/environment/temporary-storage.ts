import { lstatSync, mkdirSync, readdirSync, rmSync, type Dirent } from 'node:fs';
import path from 'node:path';

const BYTES_PER_MB = 2 ** 20;
/** What `st_blocks` counts in, whatever the file system's own blocks are (POSIX, sys/stat.h). */
const BYTES_PER_BLOCK = 512;
/** A folder with more files is not looked through. */
const MOST_FILES = 20_000;
/** How often it is looked at while the process works. */
const LOOK_EVERY_MS = 200;
/** At most this share of the time goes into looking. */
const SHARE_OF_TIME = 0.02;

/**
 * What the handler keeps in the folder that stands for Lambda's `/tmp`, in blocks on the disk. It is looked at
 * while the handler works and after each invocation: what comes and goes between two looks may be missed.
 */
export class TemporaryStorage {
  readonly folder: string;
  readonly #limitMb: number;
  #peakBytes = 0;
  #bytes = 0;
  #isKnown = true;
  #notBeforeMs = 0;

  /** Makes the folder. */
  constructor(folder: string, limitMb: number) {
    mkdirSync(folder);
    this.folder = folder;
    this.#limitMb = limitMb;
  }

  /** The most that was seen, in MB; `null` where there were too many files to count. */
  get peakMb(): number | null {
    return this.#isKnown ? this.#peakBytes / BYTES_PER_MB : null;
  }

  /** Returns what was there at the last look, where that is more than there may be; otherwise `null`. */
  get tooMuchMb(): number | null {
    const mb = this.#bytes / BYTES_PER_MB;
    return mb > this.#limitMb ? mb : null;
  }

  get limitMb(): number {
    return this.#limitMb;
  }

  /**
   * Looks again and again, except where the last look took so long that another one would cost too much.
   *
   * @returns what ends it
   */
  lookRegularly(): () => void {
    const timer = setInterval(() => {
      if (performance.now() >= this.#notBeforeMs) this.look();
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  look(): void {
    const beginMs = performance.now();
    const bytes = bytesIn(this.folder);
    const endMs = performance.now();
    this.#notBeforeMs = endMs + (endMs - beginMs) / SHARE_OF_TIME;
    if (bytes === null) {
      this.#isKnown = false;
      return;
    }
    this.#bytes = bytes;
    this.#peakBytes = Math.max(this.#peakBytes, bytes);
  }
}

/** Of all files below a folder, links not followed; `null` where they are too many. */
function bytesIn(root: string): number | null {
  const open = [root];
  let bytes = 0;
  let files = 0;
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of entriesOf(folder)) {
      files += 1;
      if (files > MOST_FILES) return null;
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) open.push(file);
      else if (entry.isFile()) bytes += bytesOf(file);
    }
  }
  return bytes;
}

/** The handler may delete it meanwhile. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function bytesOf(file: string): number {
  try {
    return lstatSync(file).blocks * BYTES_PER_BLOCK;
  } catch {
    return 0;
  }
}
