import { ServiceError } from '../service-error.ts';

/**
 * Returns the texts that a log event must hold, all of them, by a filter pattern of quoted texts and plain
 * words.
 *
 * @throws {ServiceError} for the rest of the language, which this endpoint does not have
 */
export function readFilterPattern(pattern: string): readonly string[] {
  const texts: string[] = [];
  const part = /\s*(?:"((?:[^"\\]|\\.)*)"|([A-Za-z0-9_]+))(?=\s|$)/gy;
  let end = 0;
  for (const match of pattern.matchAll(part)) {
    texts.push(match[1]?.replaceAll(/\\(.)/g, '$1') ?? match[2] ?? '');
    end = match.index + match[0].length;
  }
  if (pattern.slice(end).trim() !== '') {
    throw new ServiceError(
      400,
      'InvalidParameterException',
      `Invalid filter pattern: the embedded endpoint knows quoted texts and plain words, it is ${pattern}`,
    );
  }
  return texts;
}
