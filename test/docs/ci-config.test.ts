import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCheckConfig } from '../../src/contract/check/check-config.ts';

test('the configuration that docs/ci.md shows is accepted', () => {
  const [, json = ''] =
    /## Rules[^]*?```json\n([^]*?)```/.exec(readFileSync('docs/ci.md', 'utf8')) ?? [];
  expect(parseCheckConfig(JSON.parse(json))).toMatchObject({ kind: 'valid' });
});
