import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import os from 'node:os';

const mark = path.join(os.tmpdir(), 'tried');
if (!existsSync(mark)) {
  writeFileSync(mark, '');
  await new Promise((resolve) => setTimeout(resolve, 1e6));
}
export const handler = async () => 'loaded at last';
