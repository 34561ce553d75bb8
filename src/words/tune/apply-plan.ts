import type { DryRun } from '../../contract/tune/dry-run.ts';
import { memoryText } from '../format/memory.ts';
import { secondsText } from '../format/duration.ts';
import { listText } from '../list.ts';
import { plainText } from '../plain-text.ts';

/**
 * Tells what a run will change for good because it was asked to, from what to what: the size is known only
 * when it was measured. `null` where it changes nothing.
 */
export function applyPlanText({
  input: { apply, memorySizes },
  target: { memoryMb, timeoutSeconds, alias },
  round,
}: Pick<DryRun, 'input' | 'target' | 'round'>): string | null {
  if (apply === false) return null;
  const sizes = round.sizes.map((size) => size.memoryMb).toSorted((a, b) => a - b);
  const setsTimeout = typeof apply === 'object' && apply.timeout === true;
  const changes = [
    `the memory of $LATEST from ${memoryText(memoryMb)} to the recommended size (${sizesText(sizes, memorySizes === 'auto')})`,
    ...(setsTimeout
      ? [`its timeout from ${secondsText(timeoutSeconds)} to the recommended one`]
      : []),
  ];
  return `sets ${listText(changes)}${aliasText(alias)}`;
}

/** Automatic sizes are a beginning: others between and beyond them may be measured as well. */
function sizesText(sizesMb: readonly number[], isBeginning: boolean): string {
  const least = memoryText(sizesMb.at(0) ?? null);
  const most = memoryText(sizesMb.at(-1) ?? null);
  const range = least === most ? least : `${least} to ${most}`;
  return isBeginning ? `at first ${range} are tried` : range;
}

function aliasText(alias: DryRun['target']['alias']): string {
  if (alias === null) return '';
  const name = plainText(alias.name);
  return alias.version === null
    ? `, publishes a version of it, and makes alias ${name} point there`
    : `, publishes a version of it, and points alias ${name} there (now version ${plainText(alias.version)})`;
}
