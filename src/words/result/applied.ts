import type { Result } from '../../contract/tune/result.ts';
import { memoryText } from '../format/memory.ts';
import { secondsText } from '../format/duration.ts';
import { plainText } from '../plain-text.ts';

/** Tells what the run changed because it was asked to; `null` where it changed nothing. */
export function appliedText({ applied }: Result): string | null {
  if (applied === undefined || applied === null) return null;
  const now = `$LATEST now has ${memoryText(applied.memoryMb)} and a timeout of ${secondsText(applied.timeoutSeconds)}`;
  if (applied.alias === null) return now;
  const version = applied.version === null ? 'it' : `version ${plainText(applied.version)}`;
  return `${now}; alias ${plainText(applied.alias)} points at ${version}`;
}
