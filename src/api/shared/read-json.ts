import { readFile } from 'node:fs/promises';

/** JSON as editors on Windows write it has a byte order mark before it, which is no part of it. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}

/** Returns a file of JSON. @throws where it cannot be read or is none */
export async function readJson(file: string): Promise<unknown> {
  return parseJson(await readFile(file, 'utf8'));
}
