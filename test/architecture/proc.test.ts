import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const SRC = path.resolve('src');

test('only the files of the Linux meter read /proc and control groups, so that all others work on macOS', () => {
  const wrong = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /\.(ts|mjs)$/.test(file) && !file.startsWith('emulator/environment/linux/'))
    .filter((file) => /['"`]\/(proc|sys)\b/.test(readFileSync(path.join(SRC, file), 'utf8')));
  expect(wrong).toEqual([]);
});
