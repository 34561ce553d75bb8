import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes the folders that files will be written to: to find that one cannot be made is too late after
 * everything was measured. What is wrong comes back in words.
 */
export async function prepareFolders(
  files: Readonly<Record<string, readonly string[]>>,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [option, paths] of Object.entries(files)) {
    for (const file of paths) {
      try {
        const folder = path.dirname(file);
        await mkdir(folder, { recursive: true });
        const isFolder = await stat(file).then(
          (found) => found.isDirectory(),
          () => false,
        );
        if (isFolder) throw new Error('it is a folder');
        await access(folder, constants.W_OK);
      } catch (error) {
        problems.push(`${option}: cannot write ${file}: ${(error as Error).message}`);
      }
    }
  }
  return problems;
}
