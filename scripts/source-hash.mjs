import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/**
 * Returns a hash of this Node and of every file that git knows or would add, with its content.
 *
 * @param {readonly string[]} paths files and folders below the root; everything where none is named
 */
export function sourceHash(...paths) {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths];
  const cwd = new URL('..', import.meta.url);
  const files = execFileSync('git', list, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const hash = createHash('sha256').update(process.version);
  for (const file of files
    .split('\0')
    .filter((each) => each !== '')
    .sort()) {
    const url = new URL(file, cwd);
    if (existsSync(url)) hash.update(file).update(readFileSync(url));
  }
  return hash.digest('hex');
}
