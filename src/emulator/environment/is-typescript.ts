import path from 'node:path';

/** What TypeScript handlers end with; declarations are none. */
export const TYPESCRIPT_EXTENSIONS: readonly string[] = ['.ts', '.mts', '.cts', '.tsx'];

export function isTypeScript(file: string): boolean {
  return TYPESCRIPT_EXTENSIONS.includes(path.extname(file)) && !/\.d\.[mc]?ts$/.test(file);
}
