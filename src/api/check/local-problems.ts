import {
  buildHandler,
  machineCores,
  memoryRefusal,
  type LocatedHandler,
} from '../../emulator/index.ts';
import { cpuChoice, cpuProblem } from '../shared/handler/cpu-choice.ts';
import { idlePython } from '../shared/handler/idle-python.ts';
import { readSurroundings } from '../shared/handler/handler-surroundings.ts';
import type { CheckSettings } from './check-settings.ts';
import type { CheckedTarget } from './checked-target.ts';
import { locateSide } from './locate-side.ts';

/** Tells why handlers on this machine cannot be measured, as far as it shows before anything runs. */
export async function localProblems(
  target: CheckedTarget,
  options: CheckSettings,
): Promise<readonly string[]> {
  if (target.kind !== 'local') return [];
  const sides = [target.base, target.head].filter((side) => side !== null);
  const located = await Promise.all(sides.map((side) => locateSide(side, options)));
  const built = located.map((each) =>
    each.kind === 'problem' ? each : buildHandler(each.location, null),
  );
  const surroundings = await readSurroundings(options);
  const refusal = memoryRefusal(target.memoryMb, machineCores());
  return [
    ...built.flatMap((each) => (each.kind === 'problem' ? [`--local: ${each.message}`] : [])),
    ...(cpuChoice(options) === null ? [cpuProblem(options.cpu)] : []),
    ...idlePython(options, runtimesOf(located)),
    ...surroundings.problems,
    ...(refusal === null ? [] : [`--memory: ${refusal}`]),
  ];
}

/** Of those that were found; the others have a problem of their own. */
function runtimesOf(located: readonly LocatedHandler[]): readonly string[] {
  return located.flatMap((each) => (each.kind === 'found' ? [each.runtime] : []));
}
