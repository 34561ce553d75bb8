import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const SRC = path.resolve('src');

/** The files of `src` that hold a text. */
function filesWith(text: RegExp): readonly string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => text.test(readFileSync(path.join(SRC, file), 'utf8')))
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

test('DeleteFunction is sent by a single file, always with a version', () => {
  expect(filesWith(/DeleteFunctionCommand/)).toEqual(['aws/version-calls.ts']);
  const source = readFileSync(path.join(SRC, 'aws/version-calls.ts'), 'utf8');
  const requests = [...source.matchAll(/new DeleteFunctionCommand\(([^)]*)\)/g)];
  expect(requests).toHaveLength(1);
  expect(requests[0]?.[1]).toContain('Qualifier: version');
});

test('versions are deleted in a single place, which looks at the aliases first', () => {
  expect(filesWith(/\.deleteVersion\(\{/)).toEqual(['stages/target/delete-versions.ts']);
});
