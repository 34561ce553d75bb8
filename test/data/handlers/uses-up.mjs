import { openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MB = 2 ** 20;

/** Writes `{ mb }` to its `/tmp` in files of 1 MB, or into one file, and opens `{ files }`. */
export const handler = async ({ mb = 0, inOne = false, files = 0, removes = false }) => {
  const names = Array.from({ length: inOne ? 1 : mb }, (_, index) =>
    path.join(tmpdir(), `part-${index}`),
  );
  for (const name of names) writeFileSync(name, Buffer.alloc((inOne ? mb : 1) * MB, 1));
  for (let open = 0; open < files; open += 1) openSync('/dev/null');
  if (removes) for (const name of names) rmSync(name);
  return { folder: tmpdir() };
};
