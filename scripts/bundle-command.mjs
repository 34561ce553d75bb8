// Puts the command, the door for programs, the emulator and the constructs together from their own modules:
// dist/src/cli/main.js, dist/src/api/index.js, dist/src/emulator/index.js, dist/cdk/index.js, and the parts that they load when they are asked for. Loading 850
// small files took longer than most commands have to do. Packages stay outside. What a program may import has its
// types in dist/types, with everything that they name and nothing else.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const outdir = at('dist/src');
/** Where the command is put, and beside it, as deep, what it loads when it is asked for. */
const command = path.join(outdir, 'cli', 'main.js');
const parts = path.join(outdir, 'parts');

/**
 * A module that looks for files beside itself goes on looking beside what tsc made of it: inside of a part,
 * `import.meta` would be that of the part.
 */
const whereModulesAre = {
  name: 'where-modules-are',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      if (!text.includes('import.meta')) return undefined;
      const compiled = file.replace(at('src'), at('dist/src')).replace(/\.ts$/, '.js');
      const from = JSON.stringify(path.relative(parts, compiled).split(path.sep).join('/'));
      const here = `new URL(${from}, import.meta.url).href`;
      return { contents: text.replaceAll('import.meta.url', here), loader: 'ts' };
    });
  },
};

const { outputFiles } = await build({
  entryPoints: {
    'cli/main': at('src/cli/program.ts'),
    'api/index': at('src/api/index.ts'),
    'emulator/index': at('src/emulator/index.ts'),
  },
  outdir,
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  plugins: [whereModulesAre],
  minify: true,
  write: false,
});

// Parts of an earlier build would be packed with it.
rmSync(parts, { recursive: true, force: true });
mkdirSync(parts, { recursive: true });
for (const file of outputFiles) writeFileSync(file.path, file.contents);
// tsc copies JavaScript only.
const PYTHON_RUNTIME = 'emulator/environment/python-runtime.py';
copyFileSync(at(`src/${PYTHON_RUNTIME}`), at(`dist/src/${PYTHON_RUNTIME}`));
// esbuild writes files without the executable bit; the shell needs it on the command itself.
chmodSync(command, 0o755);

await build({
  entryPoints: [at('infra/index.ts')],
  outfile: at('dist/cdk/index.js'),
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
});
