import path from 'node:path';
import { at } from './at.mjs';

const DEPLOYED = 'dist/lambda/index.js';

/** What the stages run has its kind in its name, because no package.json is deployed with it. */
const STAGES = 'dist/lambda/index.mjs';

const PARTS = 'dist/src/parts/';

const SPECIFIER = /"(\.{1,2}\/[^"\n]*\.js)"/g;

/**
 * Says where each file of the build stands: what the stages need in dist/lambda, the rest where esbuild has put
 * it, each with its imports by the right way.
 */
export function place(metafile, outputFiles) {
  const deployed = reachedFrom(DEPLOYED, metafile.outputs);
  // Numbers instead of hashes: in a package nothing is cached by its name, and hashes cannot be compressed.
  const parts = Object.keys(metafile.outputs).filter((name) => name.startsWith(PARTS));
  const placed = (name) => {
    if (name === DEPLOYED) return STAGES;
    if (!name.startsWith(PARTS)) return name;
    const number = parts.indexOf(name) + 1;
    return deployed.has(name) ? `dist/lambda/${number}.mjs` : `${PARTS}${number}.js`;
  };
  return outputFiles.map(({ path: from, text }) => {
    const name = path.relative(at('.'), from).split(path.sep).join('/');
    const file = placed(name);
    const moved = text.replace(SPECIFIER, (specifier, to) => {
      const target = path.posix.join(path.posix.dirname(name), to);
      if (!(target in metafile.outputs)) return specifier;
      const way = path.posix.relative(path.posix.dirname(file), placed(target));
      return JSON.stringify(way.startsWith('.') ? way : `./${way}`);
    });
    if (deployed.has(name) && moved.includes('import.meta')) {
      throw new Error(`Bundle ${file}: wanted no import.meta in what is deployed, there is one`);
    }
    return { file, text: moved };
  });
}

function reachedFrom(entry, outputs) {
  const reached = new Set();
  const visit = (name) => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const { path: next, external } of outputs[name].imports) if (!external) visit(next);
  };
  visit(entry);
  return reached;
}
