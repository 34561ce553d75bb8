import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeProblem } from './write-problem.ts';

/**
 * Makes the folders that files will be written to, and finds out whether those can be written at all: to
 * find that one cannot is too late after everything was measured and paid for. What is wrong comes back in
 * words, all of it.
 *
 * @param files by the option that names them
 */
export async function prepareOutputs(
  files: Readonly<Record<string, readonly string[]>>,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [option, paths] of Object.entries(files)) {
    for (const file of paths) {
      try {
        await prepare(file);
      } catch (error) {
        problems.push(`${option}: cannot write ${file}: ${writeProblem(error)}`);
      }
    }
  }
  return problems;
}

async function prepare(file: string): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory() === true) throw new Error('it is a folder; wanted a file');
  // A file that is there may be written where its folder may not, and the other way round.
  await access(found === null ? folder : file, constants.W_OK);
}
