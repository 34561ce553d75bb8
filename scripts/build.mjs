// Builds dist, unless it is what these sources make already: the gate and the benches ask for it many times.
import { execSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { sourceHash } from './source-hash.mjs';

const NOTE = new URL('../dist/.built', import.meta.url);
const SOURCES = ['src', 'infra', 'state-machine', 'scripts', 'package*.json', 'tsconfig*.json'];
/** Benches compile into dist as well, and write over some of these. */
const OUTPUTS = [
  'src/cli/main.js',
  'src/api/index.js',
  'src/emulator/index.js',
  'cdk/index.js',
  'lambda/index.mjs',
  'templates.json.br',
  'types/src/api/index.d.ts',
];

/** Of sources and outputs; `null` outside of a git checkout, where nobody can tell what the sources are. */
function state() {
  const hash = createHash('sha256');
  try {
    hash.update(sourceHash(...SOURCES));
  } catch {
    return null;
  }
  for (const output of OUTPUTS) {
    const url = new URL(`../dist/${output}`, import.meta.url);
    hash.update(output).update(existsSync(url) ? readFileSync(url) : '');
  }
  return hash.digest('hex');
}

const before = state();
if (before === null || !existsSync(NOTE) || readFileSync(NOTE, 'utf8') !== before) {
  execSync('tsc -p tsconfig.build.json && npm run --silent build:cloud', {
    cwd: new URL('..', import.meta.url),
    stdio: 'inherit',
  });
  const after = state();
  if (after !== null) writeFileSync(NOTE, after);
}
