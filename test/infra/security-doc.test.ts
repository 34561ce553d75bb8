import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  checkPermissionTables,
  contextTable,
  permissionTables,
} from '../../infra/permission-table.ts';

const text = squeeze(readFileSync('docs/security.md', 'utf8'));

/** Prettier aligns the columns of tables. */
function squeeze(markdown: string): string {
  return markdown.replace(/ +/g, ' ').replace(/-+/g, '-');
}

test.each([
  ['what each stage may do', permissionTables()],
  ['what each stage of a check may do', checkPermissionTables()],
  ['what a deployment may set', contextTable()],
])('docs/security.md tells %s; if not: npm run build && npm run docs', (_what, table) => {
  expect(text).toContain(squeeze(table));
});
