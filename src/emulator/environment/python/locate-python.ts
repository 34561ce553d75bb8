import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { FILE_ENDINGS } from '../handler-notation.ts';

/** A handler in Python, before its interpreter is known. */
export interface LocatedPython {
  readonly file: string;
  /** The module as Lambda's `Handler` names it, from the root: `src/app`. */
  readonly module: string;
  readonly exportName: string;
  readonly root: string;
}

export const PYTHON_EXTENSION = '.py';
/** The function that Lambda's console and SAM name so. */
export const DEFAULT_PYTHON_EXPORT = 'lambda_handler';
const PACKAGE = '__init__';

/**
 * A handler that is named by its file. Its root is its own folder, so that it imports what lies beside it; a
 * module of a package belongs to the folder around the package, as for Python itself.
 *
 * @param root what `--root` names: the module counts from there
 * @returns null for a file that is not below the root
 */
export function pythonFile(
  file: string,
  exportName: string,
  root: string | null,
): LocatedPython | null {
  const from = root ?? folderOfPackage(path.dirname(file));
  if (!isBelow(file, from)) return null;
  const { dir, name } = path.parse(path.relative(from, file));
  const module = name === PACKAGE && dir !== '' ? dir : path.join(dir, name);
  return { file, module, exportName, root: from };
}

/**
 * The file of a handler in Lambda's notation, `src/app.lambda_handler` or `src.app.lambda_handler`: the last
 * dot divides module and function ("Define Lambda function handler in Python", Developer Guide, 2026-11).
 *
 * @param from the folder that the module counts from
 * @returns null for a text that is none, or whose module is not there
 */
export function pythonNotation(
  spec: string,
  from: string,
): { readonly file: string; readonly exportName: string } | null {
  const [, module = '', exportName = ''] = /^(.+)\.([A-Za-z_]\w*)$/.exec(spec) ?? [];
  if (module === '' || FILE_ENDINGS.has(exportName)) return null;
  const { dir, base } = path.parse(module);
  for (const name of [module, path.join(dir, base.replaceAll('.', '/'))]) {
    const place = path.resolve(from, name);
    const files = [
      `${place}${PYTHON_EXTENSION}`,
      path.join(place, `${PACKAGE}${PYTHON_EXTENSION}`),
    ];
    const file = files.find(isFile);
    if (file !== undefined) return { file, exportName };
  }
  return null;
}

function folderOfPackage(folder: string): string {
  const isPackage = existsSync(path.join(folder, `${PACKAGE}${PYTHON_EXTENSION}`));
  return isPackage ? folderOfPackage(path.dirname(folder)) : folder;
}

function isFile(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isFile() === true;
}

export function isBelow(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
