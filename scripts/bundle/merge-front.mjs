import path from 'node:path';
import { build } from 'esbuild';

const COMMAND = 'dist/src/cli/main.js';

const IMPORT = /(from|import)"(\.{1,2}\/[^"\n]+)"/g;

/**
 * Makes one file of the small ones that the command loads before it knows what it is asked for, where they stand in
 * one folder: Node takes a millisecond for each file, and a tenth of that for what is in it.
 *
 * @param files what is built, `{ file, text }`
 */
export async function mergeFront(files) {
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const front = closureOf(COMMAND, texts).filter((file) => file !== COMMAND);
  for (const folder of new Set(front.map((file) => path.posix.dirname(file)))) {
    await merge(
      front.filter((file) => path.posix.dirname(file) === folder),
      texts,
    );
  }
  return [...texts].map(([file, text]) => ({ file, text }));
}

/** Puts the files into the first of them, and lets everybody import from there. */
async function merge(parts, texts) {
  const [first = ''] = parts;
  const newName = (part, name) => `m${parts.indexOf(part)}${name}`;
  const whole = parts.map((part) => {
    const names = exportsOf(texts.get(part)).map((name) => `${name} as ${newName(part, name)}`);
    return `export { ${names.join(', ')} } from ${JSON.stringify(part)};`;
  });
  const merged = await build({
    stdin: { contents: whole.join('\n') },
    plugins: [inMemory(parts, texts)],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
  });
  const way = (file, to) => {
    const relative = path.posix.relative(path.posix.dirname(file), to);
    return relative.startsWith('.') ? relative : `./${relative}`;
  };
  for (const part of parts) {
    if ([...texts.values()].some((text) => text.includes(`/${path.posix.basename(part)}")`))) {
      throw new Error(`Merge ${part}: wanted nobody to load it by its own name, somebody does`);
    }
    texts.delete(part);
  }
  for (const [file, text] of texts) {
    const moved = text.replace(
      /import(?:\{([^{}]*)\}from)?"(\.{1,2}\/[^"\n]+)"/g,
      (statement, names, to) => {
        const part = path.posix.join(path.posix.dirname(file), to);
        if (!parts.includes(part)) return statement;
        if (names === undefined) return `import"${way(file, first)}"`;
        const renamed = names.split(',').map((each) => {
          const [name, local = name] = each.trim().split(' as ');
          return `${newName(part, name)} as ${local}`;
        });
        return `import{${renamed.join(',')}}from"${way(file, first)}"`;
      },
    );
    texts.set(file, moved);
  }
  texts.set(first, merged.outputFiles[0].text);
}

const inMemory = (parts, texts) => ({
  name: 'in-memory',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path: specifier, importer, kind }) => {
      if (kind === 'entry-point') return undefined;
      const file = specifier.startsWith('.')
        ? path.posix.join(path.posix.dirname(importer), specifier)
        : specifier;
      if (parts.includes(file)) return { path: file, namespace: 'parts' };
      return { path: specifier, external: true };
    });
    onLoad({ filter: /./, namespace: 'parts' }, ({ path: file }) => ({
      contents: texts.get(file),
    }));
  },
});

function exportsOf(text) {
  const [, names = ''] = /export\{([^{}]*)\};?\s*$/.exec(text) ?? [];
  return names.split(',').map((each) => each.trim().split(' as ').at(-1));
}

function closureOf(entry, texts) {
  const found = [];
  const visit = (file) => {
    if (found.includes(file)) return;
    found.push(file);
    for (const [, , to] of texts.get(file).matchAll(IMPORT)) {
      const next = path.posix.join(path.posix.dirname(file), to);
      if (texts.has(next)) visit(next);
    }
  };
  visit(entry);
  return found;
}
