// What the bundle leaves out of packages, or puts in their place.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from './at.mjs';

/** What a schema says of a key is for documents, which are made from the sources: nothing that runs reads it. */
const DESCRIBED =
  /\.describe\(\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\$]|\\.)*`),?\s*\)/g;

/**
 * Zod exports its messages in 50 languages beside the English ones, and `import { z }` brings in all of it, where
 * `import * as z` lets what nobody uses be shaken out. And a module that looks for files beside itself goes on
 * looking beside what tsc made of it: inside of a part, `import.meta` would be that of the part.
 */
export const ownSources = (parts) => ({
  name: 'own-sources',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const compiled = file.replace(at('src'), at('dist/src')).replace(/\.ts$/, '.js');
      const from = JSON.stringify(path.relative(parts, compiled).split(path.sep).join('/'));
      const contents = text
        .replace("import { z } from 'zod'", "import * as z from 'zod'")
        .replaceAll(DESCRIBED, '')
        .replaceAll('import.meta.url', `new URL(${from}, import.meta.url).href`);
      return { contents, loader: 'ts' };
    });
  },
});

export const englishOnly = {
  name: 'english-only',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/locales\/index\.js$/ }, ({ importer }) =>
      importer.includes('/zod/') ? { path: 'locales', namespace: 'bundle' } : undefined,
    );
    onLoad({ filter: /^locales$/, namespace: 'bundle' }, () => ({ contents: 'export {};' }));
  },
};

/** What tells browsers apart comes with the SDK's core; in Node nothing asks for it. */
export const noBrowsers = {
  name: 'no-browsers',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^bowser$/ }, () => ({ path: 'bowser', namespace: 'bundle' }));
    onLoad({ filter: /^bowser$/, namespace: 'bundle' }, () => ({ contents: 'export default {};' }));
  },
};

/** Colours come with d3's scales, whose ranges are numbers here: a text is no colour, and no value is one. */
export const noColours = {
  name: 'no-colours',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^d3-color$/ }, () => ({ path: 'd3-color', namespace: 'bundle' }));
    onLoad({ filter: /^d3-color$/, namespace: 'bundle' }, () => ({
      contents: `export function color() { return null; }
        export { color as rgb, color as hsl, color as lab, color as hcl, color as cubehelix };`,
    }));
  },
};

/**
 * Variables of the environment come first in the SDK's chain of credentials, unless a profile is named, and in
 * Lambda nothing else is ever needed. The rest of the chain (files, SSO, other roles, metadata services) stays a
 * package of its own, which is loaded where it is needed: it belongs to the machine, and is not deployed.
 */
export const credentialsInTurn = {
  name: 'credentials-in-turn',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ namespace }) =>
      namespace === 'bundle'
        ? { path: '@aws-sdk/credential-provider-node', external: true }
        : { path: 'credentials', namespace: 'bundle' },
    );
    onLoad({ filter: /^credentials$/, namespace: 'bundle' }, () => ({
      contents: readFileSync(at('scripts/bundle/credentials.mjs'), 'utf8'),
      resolveDir: at('.'),
    }));
  },
};

/**
 * `const { A } = await import('@aws-sdk/client-x')` would bring in every command of that client; what
 * takes its place exports `A` alone, so that the rest is shaken out.
 */
export const namedDynamicImports = {
  name: 'named-dynamic-imports',
  setup({ onResolve, onLoad }) {
    onResolve(
      { filter: /^@aws-sdk\/client-/ },
      ({ kind, path: specifier, importer, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const names = destructuredFrom(specifier, readFileSync(importer, 'utf8'));
        return {
          path: `${specifier}#${names.join(',')}`,
          namespace: 'named',
          pluginData: {
            contents: `export { ${names.join(', ')} } from '${specifier}';`,
            resolveDir,
          },
        };
      },
    );
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

/**
 * The SDK describes every shape of a service in one file, with keys that are constants (`{ [_h]: … }`). Such a key
 * may run code, so that esbuild keeps all of them; with the text of the constant in its place, what no command of
 * ours uses is shaken out: a third of the clients. Neither is every error registered: one that is not has the same
 * name, message, status and fields of its body, but no class of its own and no field of a header. What is asked of
 * headers is therefore read from the response, see `retryAfterMs`.
 */
export const shapesInUse = {
  name: 'shapes-in-use',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const constants = new Map(
        [...text.matchAll(/^const (_\w+) = ("[^"\n]*");$/gm)].map(([, name, value]) => [
          name,
          value,
        ]),
      );
      const contents = text
        .replace(/\[(_\w+)\]:/g, (key, name) =>
          constants.has(name) ? `${constants.get(name)}:` : key,
        )
        .replaceAll(/^n0_registry\.registerError\(.*$/gm, '');
      return { contents, loader: 'js' };
    });
  },
};

/** Answers in the form of event streams are those of calls that nothing here makes. */
export const noEventStreams = {
  name: 'no-event-streams',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, () => ({
      path: 'event-streams',
      namespace: 'bundle',
    }));
    onLoad({ filter: /^event-streams$/, namespace: 'bundle' }, () => ({
      contents: `
        export const resolveEventStreamSerdeConfig = (config) => config;
        export const eventStreamSerdeProvider = () => ({});
        export class EventStreamSerde {
          constructor() {
            throw new Error('Read an event stream: Powerdial is built without them');
          }
        }`,
    }));
  },
};

/**
 * A CommonJS package asks for Node's own modules by `require`, which an ES module has not. Commander starts other
 * processes for commands that are files of their own; there are none, so that loading what starts them (a fifth of
 * the time of `--help`) can wait for ever.
 */
export const builtinsForCommonJs = {
  name: 'builtins-for-common-js',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ kind, path: name }) =>
      kind === 'require-call' ? { path: name, namespace: 'builtin' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path: name }) => {
      const builtin = `process.getBuiltinModule('${name}')`;
      const isLazy = name === 'node:child_process';
      return {
        contents: isLazy
          ? `exports.spawn = (...given) => ${builtin}.spawn(...given);`
          : `module.exports = ${builtin};`,
      };
    });
  },
};
