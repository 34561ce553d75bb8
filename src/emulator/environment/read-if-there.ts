import { readFileSync } from 'node:fs';

/** Returns the text of a file, empty where there is none. */
export function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
