// Writes the table of docs/assumptions.md from the code: part of `npm run docs`. A test compares them.
import { readFileSync, writeFileSync } from 'node:fs';
import { assumptionTable } from './table.ts';

const url = new URL('../../docs/assumptions.md', import.meta.url);
const text = readFileSync(url, 'utf8');
const pattern = /(<!-- generated: assumptions -->)[\s\S]*?(<!-- end: assumptions -->)/;
writeFileSync(
  url,
  text.replace(
    pattern,
    (_, begin: string, end: string) => `${begin}\n\n${assumptionTable()}\n${end}`,
  ),
);
