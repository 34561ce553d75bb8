import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { syntaxPlace } from '../../../src/emulator/environment/node-runtime/syntax-place.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'syntax-place-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a syntax error of an ES module, whose own stack tells no place, is told by file and line', () => {
  const file = path.join(folder, 'app.mjs');
  writeFileSync(file, 'export const handler = async () => {\n  const x = ;\n};\n');
  expect(syntaxPlace(new SyntaxError("Unexpected token ';'"), file)).toEqual([
    `    at ${file}:2`,
    '      const x = ;',
  ]);
});

test('a syntax error whose stack begins with its place is told by that', () => {
  const error = new SyntaxError('Unexpected token');
  error.stack =
    "/app/orders.js:7\n  const y = ;\n            ^\n\nSyntaxError: Unexpected token ';'";
  expect(syntaxPlace(error, path.join(folder, 'nothing.cjs'))).toEqual([
    '    at /app/orders.js:7',
    '      const y = ;',
  ]);
});

test('a syntax error that nothing places has no place', () => {
  expect(syntaxPlace(new SyntaxError('x'), path.join(folder, 'nothing.cjs'))).toEqual([]);
});
