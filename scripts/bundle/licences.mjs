import { readdirSync, readFileSync } from 'node:fs';
import { at } from './at.mjs';

const FOLDER = /^(?:[\w-]+:)?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//;

const RIGHTS = /^\s*Copyright (?!\[|and|notice|owner|license).*$/gim;

/**
 * Lists the packages of which something is in the bundle, above the text of their licence. Where texts differ in
 * nothing but whose right it is, they stand once.
 */
export function licencesOf({ inputs }) {
  const folders = new Set(Object.keys(inputs).flatMap((file) => FOLDER.exec(file)?.[1] ?? []));
  const sharing = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(
      readFileSync(at(`${folder}/package.json`), 'utf8'),
    );
    const text = licenceIn(folder) ?? `Licence: ${license}`;
    const rights = (text.match(RIGHTS) ?? []).map((line) => line.trim());
    const terms = text.replaceAll(RIGHTS, '').trim();
    const key = terms.replaceAll(/\s+/g, ' ');
    const { names = [], terms: first = terms } = sharing.get(key) ?? {};
    sharing.set(key, {
      names: [...names, [`${name} ${version}`, ...rights].join(', ')],
      terms: first,
    });
  }
  const parts = [...sharing.values()].map(
    ({ names, terms }) => `${names.join('\n')}\n\n${terms}\n`,
  );
  return `This package holds code of other packages, each under the licence that follows it.\n\n${parts.join('\n')}`;
}

function licenceIn(folder) {
  const name = readdirSync(at(folder)).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
  return name === undefined ? null : readFileSync(at(`${folder}/${name}`), 'utf8');
}
