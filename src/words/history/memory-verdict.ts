import { percentText } from '../format/percent.ts';

/** Memory in use may fill so much of a size that is thought possible. */
const FULL = 0.9;
const SMALLEST_MB = 128;

/** Tells what the memory that was used says about one size; `null` where nobody knows it. */
export function memoryVerdict(row: {
  readonly memorySizeMb: number | null;
  readonly maxMemoryUsedMb: number | null;
  readonly outOfMemory: number;
}): string | null {
  const { memorySizeMb: size, maxMemoryUsedMb: used, outOfMemory } = row;
  if (size === null || used === null || size === 0) return null;
  if (outOfMemory > 0) return `${size} MB is too little: ${outOfMemory} ran out of memory.`;
  if (used > FULL * size) return `${size} MB is nearly full: ${percentText(used / size)} was used.`;
  const least = Math.max(SMALLEST_MB, Math.ceil(used / FULL));
  if (least >= size) return `${size} MB fits the memory in use.`;
  return `${size} MB holds more than is used: ${least} MB would do, if less memory costs no speed.`;
}
