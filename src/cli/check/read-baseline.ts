import { existsSync } from 'node:fs';
import type { Side } from '../../core/compare/side-sample.ts';
import { UsageError } from '../exit-code.ts';
import { readObservedFile } from './observed-file.ts';

export type Baseline =
  | { readonly kind: 'found'; readonly side: Side }
  /** There is no such file yet. */
  | { readonly kind: 'missing' };

/**
 * The stored baseline of one function. A file that is there and cannot be read is an error, and not a
 * missing baseline.
 *
 * @throws {UsageError}
 */
export async function readBaseline(path: string, name: string): Promise<Baseline> {
  if (!existsSync(path)) return { kind: 'missing' };
  const file = await readObservedFile(path);
  if (file.kind === 'tune') {
    throw new UsageError([
      `--base: wanted a baseline of powerdial check, ${path} is a result of tune; make one with --save-baseline ${path}`,
    ]);
  }
  const [first] = file.functions;
  const found =
    file.functions.find((each) => each.name === name) ??
    (file.functions.length === 1 ? first : undefined);
  if (found === undefined) {
    throw new UsageError([
      `--base: ${path} has no function ${name}; it has ${file.functions.map((each) => each.name).join(', ')}`,
    ]);
  }
  return { kind: 'found', side: found.side };
}
