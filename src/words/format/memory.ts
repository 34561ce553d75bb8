import { MISSING, isShown } from './missing.ts';
import { fixedText } from './rounding.ts';

/** Returns a memory size as AWS and the command line write it: no thousands set apart. */
export function memoryText(memoryMb: number | null): string {
  if (!isShown(memoryMb)) return MISSING;
  const text = fixedText(memoryMb, Number.isInteger(memoryMb) ? 0 : 1).replaceAll(',', '');
  return `${text}\u00a0MB`;
}
