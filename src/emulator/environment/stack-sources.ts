import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import type { HandlerLocation } from './handler-location.ts';

/**
 * Makes a function that puts the user's own files in the place of a bundle's, wherever a stack names a line of
 * it. It happens here and not by Node's `--enable-source-maps`, which would read the map in the process that
 * is measured.
 */
export function sourceNames(location: HandlerLocation): (bytes: Buffer) => Buffer {
  const built = location.kind === 'node' ? location.built : undefined;
  if (built === undefined || !existsSync(`${built}.map`)) return (bytes) => bytes;
  const payload = JSON.parse(readFileSync(`${built}.map`, 'utf8')) as SourceMapPayload;
  const map = new SourceMap(payload);
  const place = new RegExp(`(?:file://)?${escapePattern(built)}:(\\d+)(?::(\\d+))?`, 'g');
  const nameOf = (whole: string, line: string, column = '1'): string => {
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in entry)) return whole;
    const source = path.resolve(path.dirname(built), entry.originalSource);
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  };
  return (bytes) =>
    bytes.includes(built) ? Buffer.from(bytes.toString('utf8').replace(place, nameOf)) : bytes;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
