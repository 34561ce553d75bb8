import { writeFile } from 'node:fs/promises';
import type { Streams } from '../terminal.ts';
import { writeProblem } from './write-problem.ts';

export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Writes every file, whatever becomes of the others. The result must have been printed before: then a full
 * disk loses a copy of it, and not what was measured.
 *
 * @returns whether all of them could be written; what could not is told on standard error
 */
export async function writeFiles(
  files: readonly OutputFile[],
  { stderr }: Pick<Streams, 'stderr'>,
): Promise<boolean> {
  let written = true;
  for (const { path, content } of files) {
    try {
      await writeFile(path, content);
    } catch (error) {
      written = false;
      stderr.write(
        `powerdial: ${path} could not be written: ${writeProblem(error)}. The result is on standard output.\n`,
      );
    }
  }
  return written;
}
