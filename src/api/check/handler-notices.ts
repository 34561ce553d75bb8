import { readSurroundings } from '../shared/handler/handler-surroundings.ts';
import { locationNotices } from '../shared/handler/location-notices.ts';
import type { CheckSettings } from './check-settings.ts';
import { locateSide } from './locate-side.ts';
import type { PlannedCheck } from './plan-check.ts';

/** Tells what is to be said of local handlers before they run, each thing once. */
export async function handlerNotices(
  planned: readonly PlannedCheck[],
  options: CheckSettings,
): Promise<readonly string[]> {
  const sides = planned
    .filter(({ measures, target }) => measures && target.kind === 'local')
    .flatMap(({ target: { base, head } }) => [base, head].filter((side) => side !== null));
  if (sides.length === 0) return [];
  const notices = [...(await readSurroundings(options)).notices];
  for (const side of sides) {
    const { target: handler, source } = side;
    // What is said of the options themselves was said once, for all sides.
    if (source !== undefined) notices.push(...(await readSurroundings(options, source)).notices);
    const located = await locateSide(side, options);
    if (located.kind === 'problem') continue;
    notices.push(...locationNotices(handler, located.location, source?.runtime));
  }
  return [...new Set(notices)];
}
