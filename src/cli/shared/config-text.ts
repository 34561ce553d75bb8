import { readFile } from 'node:fs/promises';
import { UsageError } from './exit-code.ts';

/** Returns the text of the configuration; `null` where it is not there and nobody named it. */
export async function configText(file: string, isNamed: boolean): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (!isNamed && (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new UsageError([`--config: cannot read ${file}: ${(error as Error).message}`]);
  }
}
