import path from 'node:path';

/** Endings of file names: `app.mjs` means a file that is not there, and not an export `mjs` of `app`. */
export const FILE_ENDINGS: ReadonlySet<string> = new Set(
  'js mjs cjs ts mts cts tsx jsx json py rb jar zip sh'.split(' '),
);

/**
 * Reads a handler as Lambda's `Handler` setting names it: `src/app.handler` is the export `handler` of the
 * module `src/app`. The first dot of the last part divides them, and what follows may reach into nested
 * objects ("Define Lambda function handler in Node.js", Lambda Developer Guide, 2026-11).
 *
 * @returns null for a text that is none
 */
export function readNotation(
  spec: string,
): { readonly module: string; readonly exportName: string } | null {
  const match = /^([^.]+)\.([A-Za-z_$][\w$.]*)$/.exec(path.basename(spec));
  const [, module = '', exportName = ''] = match ?? [];
  if (match === null || FILE_ENDINGS.has(exportName.split('.').at(-1) ?? '')) return null;
  return { module: path.join(path.dirname(spec), module), exportName };
}
