import { messageOf, systemCodeOf } from '../../../contract/shared/thrown.ts';
const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of its path is a file, wanted a folder',
  EEXIST: 'a part of its path is a file, wanted a folder',
  EISDIR: 'it is a folder; wanted a file',
  ENOENT: 'its folder is not there any more',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};

/** Tells why a file cannot be written, in words. */
export function writeProblem(error: unknown): string {
  const code = systemCodeOf(error) ?? '';
  return WORDS[code] ?? messageOf(error);
}
