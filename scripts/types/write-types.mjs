// Puts into dist/types what the package's own types say, and every declaration that they name. Declarations that
// nobody can reach stay out of the package.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { shake } from './shake.mjs';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The entries, as package.json exports them. */
const ENTRIES = ['src/api/index.d.ts', 'src/emulator/index.d.ts', 'infra/index.d.ts'];

const SPECIFIER = /((?:from|import\() ?')(\.{1,2}\/[^']+)\.(?:ts|js)(')/g;

/** A workflow's definition, of which types take the names of the states. */
const DEFINITION = /(from ')#state-machine\/([^']+)\.json(')/g;

const seen = new Set();
rmSync(at('dist/types'), { recursive: true, force: true });
for (const entry of ENTRIES) take(entry);
shake(at('dist/types'), [...seen], ENTRIES);

function take(file) {
  if (seen.has(file)) return;
  seen.add(file);
  const text = readFileSync(at(`dist/${file}`), 'utf8');
  const target = at(`dist/types/${file}`);
  mkdirSync(path.dirname(target), { recursive: true });
  // Where a type is written out, tsc leaves the extension as the source has it.
  const named = text.replaceAll(SPECIFIER, '$1$2.js$3');
  const root = path.posix.relative(path.posix.dirname(file), 'state-machine');
  writeFileSync(target, named.replaceAll(DEFINITION, `$1${root}/$2.js$3`));
  for (const [, , name] of text.matchAll(DEFINITION)) writeDefinition(name);
  for (const [, , to] of text.matchAll(SPECIFIER)) {
    const next = path.join(path.dirname(file), `${to}.d.ts`);
    if (!existsSync(at(`dist/${next}`))) {
      throw new Error(`Write the types of ${file}: wanted ${next}, there is none`);
    }
    take(next);
  }
}

/** Not every project lets its types come from JSON, so that the states are written out. */
function writeDefinition(name) {
  seen.add(`state-machine/${name}.d.ts`);
  const { States } = JSON.parse(readFileSync(at(`state-machine/${name}.json`), 'utf8'));
  const states = Object.entries(States).map(([state, fields]) => {
    const types = Object.entries(fields).map(
      ([field, value]) => `${field}: ${typeof value === 'object' ? 'unknown' : typeof value};`,
    );
    return `    ${JSON.stringify(state)}: { ${types.join(' ')} };`;
  });
  mkdirSync(at('dist/types/state-machine'), { recursive: true });
  writeFileSync(
    at(`dist/types/state-machine/${name}.d.ts`),
    `declare const definition: {\n  States: {\n${states.join('\n')}\n  };\n};\nexport default definition;\n`,
  );
}
