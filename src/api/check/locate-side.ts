import { locateHandler, type LocatedHandler } from '../../emulator/index.ts';
import type { CheckSettings } from './check-settings.ts';
import type { CheckedSide } from './checked-target.ts';

/** Finds the handler of a side; one out of a template has the root that the template says. */
export function locateSide(
  { target, source }: CheckedSide,
  { root, python }: Pick<CheckSettings, 'root' | 'python'>,
): Promise<LocatedHandler> {
  return locateHandler(target, source?.root ?? root, python);
}
