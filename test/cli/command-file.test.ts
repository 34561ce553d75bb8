import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const COMMAND = path.resolve('dist/src/cli/main.js');

test('The command loads its own code from a few parts and not from hundreds of modules', () => {
  const imports = readFileSync(COMMAND, 'utf8').matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g);
  const own = [...imports].map(([, file = '']) => file);
  expect(own.length).toBeGreaterThan(5);
  expect(own.filter((file) => !/^\.\.\/(parts|\.\.\/lambda)\//.test(file))).toEqual([]);
});

test('The runtime of handlers in Python is built beside the command, as it stands in the source', () => {
  const file = 'emulator/environment/python-runtime.py';
  expect(readFileSync(path.resolve('dist/src', file), 'utf8')).toBe(
    readFileSync(path.resolve('src', file), 'utf8'),
  );
});
