// Puts together, from their own modules and the packages that they need, what the package runs: the command
// (dist/src/cli/main.js), the door for programs (dist/src/api/index.js), the emulator (dist/src/emulator/index.js),
// the constructs (dist/cdk/index.js) and what the stages' functions run (dist/lambda). It is one build, so that no
// module is in the package twice: command and stages share the parts that the stages need, and those stand in
// dist/lambda, which is deployed as it is, with everything that it needs and nothing else. Loading 850 small files
// took longer than most commands have to do.
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { at } from './at.mjs';
import { licencesOf } from './licences.mjs';
import { mergeFront } from './merge-front.mjs';
import { place } from './place.mjs';
import {
  builtinsForCommonJs,
  credentialsInTurn,
  englishOnly,
  namedDynamicImports,
  noBrowsers,
  noColours,
  noEventStreams,
  ownSources,
  shapesInUse,
} from './plugins.mjs';

const parts = at('dist/src/parts');
const RUNTIME = 'dist/src/emulator/environment';

const { metafile, outputFiles } = await build({
  absWorkingDir: at('.'),
  entryPoints: {
    'src/cli/main': 'src/cli/program.ts',
    'src/api/index': 'src/api/index.ts',
    'src/emulator/index': 'src/emulator/index.ts',
    'cdk/index': 'infra/index.ts',
    'lambda/index': 'src/cloud/main.ts',
  },
  outdir: 'dist',
  chunkNames: 'src/parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  // Sentences hold dashes and quotation marks, which are longer when they are escaped.
  charset: 'utf8',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // ES modules where there are both: CommonJS ones cannot be shaken.
  mainFields: ['module', 'main'],
  // JSONata is read as a file, into a context of its own; few projects have YAML to read; and the constructs must be
  // those of the app.
  external: ['jsonata', 'yaml', 'aws-cdk-lib', 'constructs'],
  plugins: [
    ownSources(parts),
    englishOnly,
    noBrowsers,
    noColours,
    noEventStreams,
    builtinsForCommonJs,
    credentialsInTurn,
    namedDynamicImports,
    shapesInUse,
  ],
  // All licences stand in one file, in full.
  legalComments: 'none',
  metafile: true,
  write: false,
});

// Parts of an earlier build would be packed, or deployed, with it.
for (const folder of ['dist/src/parts', 'dist/lambda', 'dist/cdk']) {
  rmSync(at(folder), { recursive: true, force: true });
}
for (const { file, text } of await mergeFront(place(metafile, outputFiles))) {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
}
writeFileSync(at('dist/licenses.txt'), licencesOf(metafile));
// What is in every process of a handler is read by nobody in the package; names stay, for stack traces.
for (const name of readdirSync(at(RUNTIME), { recursive: true }).filter((each) =>
  each.endsWith('.mjs'),
)) {
  const file = at(`${RUNTIME}/${name}`);
  const { code } = await transform(readFileSync(file, 'utf8'), { minifyWhitespace: true });
  writeFileSync(file, code);
}
// tsc copies JavaScript only.
const PYTHON_RUNTIME = 'emulator/environment/python-runtime.py';
copyFileSync(at(`src/${PYTHON_RUNTIME}`), at(`dist/src/${PYTHON_RUNTIME}`));
// esbuild writes files without the executable bit; the shell needs it on the command itself.
chmodSync(at('dist/src/cli/main.js'), 0o755);
