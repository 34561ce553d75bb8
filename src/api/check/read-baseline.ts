import { existsSync } from 'node:fs';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { isSameFunction } from '../../core/compare/checked-name.ts';
import type { Side } from '../../core/compare/side-sample.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { UsageError } from '../shared/usage-error.ts';
import { readObservedFile } from './observed-file.ts';

export type Baseline =
  | { readonly kind: 'found'; readonly side: Side; readonly warnings: readonly Warning[] }
  /** There is no such file yet. */
  | { readonly kind: 'missing' };

export interface BaselineUse {
  /** Whether the check is of this function alone. */
  readonly isAlone: boolean;
  /** Whether the check makes this very file anew: a function that is not in there yet is new. */
  readonly isMade: boolean;
}

/**
 * Returns the stored baseline of one function. A file that is there and cannot be read is an error, and not a
 * missing baseline. Where the check is of this function alone and the file holds one alone, it is taken for
 * the same one under another name, with a warning.
 *
 * @throws {UsageError}
 */
export async function readBaseline(
  path: string,
  name: string,
  { isAlone, isMade }: BaselineUse,
): Promise<Baseline> {
  if (!existsSync(path)) return { kind: 'missing' };
  const file = await readObservedFile(path);
  if (file.kind === 'tune') {
    throw new UsageError([
      `--base: wanted a baseline of powerdial check, ${path} is a result of tune; make one with --save-baseline ${path}`,
    ]);
  }
  const found =
    file.functions.find((each) => each.name === name) ??
    file.functions.find((each) => isSameFunction(each.name, name));
  if (found !== undefined) return { kind: 'found', side: found.side, warnings: [] };
  const [only, ...others] = file.functions;
  if (isAlone && only !== undefined && others.length === 0) {
    const facts = { base: only.name, head: name, file: path };
    const warnings = [toWarning({ code: 'baseline-of-another-name', ...facts })];
    return { kind: 'found', side: only.side, warnings };
  }
  if (isMade) return { kind: 'missing' };
  throw new UsageError([
    `--base: ${path} has no function ${name}; it has ${file.functions.map((each) => each.name).join(', ')}. Make it anew with --save-baseline ${path}`,
  ]);
}
