import type { ParsedTemplate } from '../document/parse-document.ts';
import { member } from '../values/value.ts';

const SECTIONS = ['Parameters', 'Mappings', 'Conditions'] as const;
const WORDS = { Parameters: 'the parameter', Mappings: 'the mapping', Conditions: 'the condition' };

/** Tells which parameter or mapping a value that is written in another way comes from, and where that stands. */
export function findReferences(source: string, template: ParsedTemplate): string {
  const names = new Set(source.match(/[A-Za-z0-9]+/g) ?? []);
  const found = SECTIONS.flatMap((section) =>
    [...names]
      .filter((name) => member(template.raw[section], name) !== undefined)
      .map((name) => {
        const line = template.lineOf([section, name]);
        return `${WORDS[section]} ${name}${line === null ? '' : ` (line ${line})`}`;
      }),
  );
  return found.length === 0 ? '' : `: change ${found.join(' and ')}`;
}
