import { readFile } from 'node:fs/promises';
import { UsageError } from '../../api/shared/usage-error.ts';
import { parseJson } from '../../api/shared/read-json.ts';
import { messageOf, systemCodeOf } from '../../contract/shared/thrown.ts';

const DEFAULT_FILE = 'powerdial.config.json';

export interface ConfigFile {
  readonly file: string;
  /** What it holds, still to be judged; `undefined` where it is not there and nobody named it. */
  readonly raw: unknown;
}

/**
 * Reads the configuration: the file that is named, or the one in the working directory and in no folder
 * above it.
 *
 * @throws {UsageError} where it cannot be read, or is no JSON
 */
export async function readConfigFile(named: string | undefined): Promise<ConfigFile> {
  const file = named ?? DEFAULT_FILE;
  const text = await textOf(file, named !== undefined);
  if (text === null) return { file, raw: undefined };
  try {
    return { file, raw: parseJson(text) };
  } catch (error) {
    throw new UsageError([`${file}: wanted JSON: ${messageOf(error)}`]);
  }
}

async function textOf(file: string, isNamed: boolean): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (!isNamed && systemCodeOf(error) === 'ENOENT') return null;
    throw new UsageError([`--config: cannot read ${file}: ${messageOf(error)}`]);
  }
}
