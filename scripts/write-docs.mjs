// Writes the parts of the documentation that are made from the code: `npm run docs`. A test compares them.
import { readFileSync, writeFileSync } from 'node:fs';
import {
  checkPermissionTables,
  contextTable,
  permissionTables,
} from '../dist/infra/permission-table.js';
import { generatedParts } from '../dist/src/report/docs/generated-parts.js';

const all = {
  ...generatedParts(),
  'docs/security.md': {
    permissions: permissionTables(),
    'check-permissions': checkPermissionTables(),
    context: contextTable(),
  },
};

for (const [file, parts] of Object.entries(all)) {
  const url = new URL(`../${file}`, import.meta.url);
  let text = readFileSync(url, 'utf8');
  for (const [name, content] of Object.entries(parts)) {
    const pattern = new RegExp(`(<!-- generated: ${name} -->)[\\s\\S]*?(<!-- end: ${name} -->)`);
    text = text.replace(pattern, (_, begin, end) => `${begin}\n\n${content}\n${end}`);
  }
  writeFileSync(url, text);
}
