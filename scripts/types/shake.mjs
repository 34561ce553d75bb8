import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readDeclarations } from './read-declarations.mjs';

/**
 * Leaves in the declaration files of a folder what the exports of its entries need, statement by statement, and
 * removes the files of which nothing is needed. Names are compared as they are written, whatever they stand for, so
 * that rather too much stays than too little.
 *
 * @param {readonly string[]} files their paths in the folder
 */
export function shake(folder, files, entries) {
  const modules = new Map(
    files.map((file) => [file, readDeclarations(readFileSync(path.join(folder, file), 'utf8'))]),
  );
  for (const entry of entries) {
    for (const name of modules.get(entry).exported.keys()) keepExport(entry, name);
  }
  for (const [file, module] of modules) write(path.join(folder, file), module);

  function keepExport(file, name) {
    const { exported, kept } = modules.get(file);
    const found = exported.get(name);
    if (found === undefined)
      throw new Error(`Shake ${file}: wanted its export ${name}, there is none`);
    if (found.from !== null) {
      kept.add(found.node);
      keepImported(file, found);
    } else {
      if (found.node !== null) kept.add(found.node);
      keepLocal(file, found.name);
    }
  }

  function keepImported(file, { from, name }) {
    if (!from.startsWith('.')) return;
    const target = path.posix.join(path.posix.dirname(file), from).replace(/\.[jt]s$/, '.d.ts');
    keepExport(target, name);
  }

  function keepLocal(file, name) {
    const { declared, imported, kept } = modules.get(file);
    const found = imported.get(name);
    if (found !== undefined && !kept.has(found.node)) {
      kept.add(found.node);
      keepImported(file, found);
    }
    for (const { node, names, types } of declared.get(name) ?? []) {
      if (kept.has(node)) continue;
      kept.add(node);
      for (const each of names) keepLocal(file, each);
      for (const each of types) keepImported(file, each);
    }
  }
}

function write(file, { statements, kept }) {
  const printed = statements.map((print) => print(kept)).filter((text) => text !== null);
  if (printed.length === 0) rmSync(file);
  else writeFileSync(file, `${printed.join('\n')}\n`);
}
