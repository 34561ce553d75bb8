import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

// Lets plain Node run this repository's TypeScript as it is: `node --import <this file> program.ts`.
// For benchmarks, and for tests that need a whole process to measure or to kill.
if (isMainThread) register(import.meta.url);

/**
 * A loader hook of Node: takes the types out, and nothing else.
 * @type {import('node:module').LoadHook}
 */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  // Here and not above: Node runs this in a thread of its own, and only there it is needed.
  const { default: ts } = await import('typescript');
  const { outputText } = ts.transpileModule(readFileSync(fileURLToPath(url), 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  });
  return { format: 'module', source: outputText, shortCircuit: true };
}
