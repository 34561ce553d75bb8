import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { plainText } from '../../words/plain-text.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { readFile } from './read-file.ts';
import { messageOf, systemCodeOf } from '../../contract/shared/thrown.ts';

const STANDARD_INPUT = '-';
export const STANDARD_INPUT_NAME = 'standard input';

/** A log to read: a file, or standard input. */
export interface LogSource {
  /** For people. */
  readonly name: string;
  /** Can be called once. A piece stands in memory until the next one is asked for. */
  readonly open: () => AsyncIterable<Buffer>;
}

/**
 * Checks everything that was named before anything is read.
 *
 * @param paths none means standard input, as `-` does
 * @throws {UsageError} with every input that cannot be read
 */
export async function logSources(
  paths: readonly string[],
  stdin: NodeJS.ReadStream,
): Promise<readonly LogSource[]> {
  const named = paths.length === 0 ? [STANDARD_INPUT] : paths;
  const problems = (await Promise.all(named.map(problemOf))).filter((problem) => problem !== null);
  if (named.filter((path) => path === STANDARD_INPUT).length > 1) {
    problems.push('standard input (-) can be read once, and is named more than once');
  }
  if (problems.length > 0) throw new UsageError(problems);
  return named.map((path) =>
    path === STANDARD_INPUT
      ? { name: STANDARD_INPUT_NAME, open: () => stdin as AsyncIterable<Buffer> }
      : {
          name: plainText(path),
          open: () => readFile(path),
        },
  );
}

async function problemOf(path: string): Promise<string | null> {
  if (path === STANDARD_INPUT) return null;
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return `cannot read ${path}: a folder; name the files in it`;
    await access(path, constants.R_OK);
    return null;
  } catch (error) {
    return `cannot read ${path}: ${fileProblem(error)}`;
  }
}

/** Tells what went wrong with a file, in words. */
export function fileProblem(error: unknown): string {
  const code = systemCodeOf(error) ?? '';
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'no such file',
    ENOTDIR: 'no such file',
    EACCES: 'no permission to read it',
    EISDIR: 'a folder',
    Z_BUF_ERROR: 'the gzip data ends too early: the file is cut off',
    Z_DATA_ERROR: 'the gzip data is damaged',
    GZIP_TRAILING_DATA: 'what follows the gzip data is no gzip data, and was left out',
  };
  return words[code] ?? messageOf(error);
}
