// Builds what the stages' Lambda functions run: dist/lambda/index.mjs with everything it needs, and nothing
// else. What few runs need (S3, SQS, CloudWatch Logs) is in parts that are loaded when they are asked for.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Inside Lambda credentials come from the environment: the chain that also looks into files, SSO, other
 * roles and metadata services is a tenth of the bundle and never used.
 */
const credentialsFromEnvironment = {
  name: 'credentials-from-environment',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: 'credentials',
      namespace: 'bundle',
    }));
    onLoad({ filter: /^credentials$/, namespace: 'bundle' }, () => ({
      contents: `
        import { fromEnv } from '@aws-sdk/credential-provider-env';
        export const defaultProvider = (init) => fromEnv(init);`,
      resolveDir: at('.'),
    }));
  },
};

/**
 * `const { A } = await import('@aws-sdk/client-x')` would bring in every command of that client; what
 * takes its place exports `A` alone, so that the rest is shaken out.
 */
const namedDynamicImports = {
  name: 'named-dynamic-imports',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/client-/ }, ({ kind, path, importer, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const names = destructuredFrom(path, readFileSync(importer, 'utf8'));
      return {
        path: `${path}#${names.join(',')}`,
        namespace: 'named',
        pluginData: { contents: `export { ${names.join(', ')} } from '${path}';`, resolveDir },
      };
    });
    onLoad({ filter: /./, namespace: 'named' }, ({ pluginData }) => pluginData);
  },
};

function destructuredFrom(specifier, source) {
  const found = [...source.matchAll(/\{([^{}]*)\}\s*=\s*await import\(\s*'([^']+)'/g)]
    .filter(([, , from]) => from === specifier)
    .flatMap(([, names]) => names.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (found.length === 0) {
    throw new Error(`Bundle ${specifier}: wanted \`const { … } = await import(…)\`, found none`);
  }
  return found;
}

/** Zod exports its messages in 50 languages beside the English ones that it uses. */
const englishOnly = {
  name: 'english-only',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/locales\/index\.js$/ }, ({ importer }) =>
      importer.includes('/zod/') ? { path: 'locales', namespace: 'bundle' } : undefined,
    );
    onLoad({ filter: /^locales$/, namespace: 'bundle' }, () => ({ contents: 'export {};' }));
  },
};

/** What tells browsers apart comes with the SDK's core; in Lambda nothing asks for it. */
const noBrowsers = {
  name: 'no-browsers',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^bowser$/ }, () => ({ path: 'bowser', namespace: 'bundle' }));
    onLoad({ filter: /^bowser$/, namespace: 'bundle' }, () => ({ contents: 'export default {};' }));
  },
};

/** `import { z }` brings in all of Zod, where `import * as z` lets what nobody uses be shaken out. */
const zodByName = {
  name: 'zod-by-name',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      if (!text.includes("from 'zod'")) return undefined;
      const contents = text.replace("import { z } from 'zod'", "import * as z from 'zod'");
      return { contents, loader: 'ts' };
    });
  },
};

const outdir = at('dist/lambda');

const { metafile, outputFiles } = await build({
  entryPoints: [at('src/cloud/main.ts')],
  outdir,
  entryNames: 'index',
  chunkNames: 'part-[hash]',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The SDK's ES modules: its CommonJS ones cannot be shaken.
  mainFields: ['module', 'main'],
  plugins: [credentialsFromEnvironment, namedDynamicImports, englishOnly, noBrowsers, zodByName],
  legalComments: 'external',
  metafile: true,
  write: false,
});

mkdirSync(outdir, { recursive: true });
for (const file of outputFiles) writeFileSync(file.path, file.contents);
// Parts of an earlier build would be deployed with it.
const built = new Set(outputFiles.map((file) => path.basename(file.path)));
for (const name of readdirSync(outdir)) if (!built.has(name)) rmSync(path.join(outdir, name));
writeFileSync(at('dist/lambda.meta.json'), JSON.stringify(metafile));
