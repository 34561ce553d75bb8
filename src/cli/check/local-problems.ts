import { buildHandler, machineCores, memoryRefusal } from '../../emulator/index.ts';
import { cpuChoice, cpuProblem } from '../shared/handler/cpu-choice.ts';
import { readSurroundings } from '../shared/handler/handler-surroundings.ts';
import type { CheckOptions } from './check-options.ts';
import type { CheckedTarget } from './checked-targets.ts';
import { locateSide } from './locate-side.ts';

/** Tells why handlers on this machine cannot be measured, as far as it shows before anything runs. */
export async function localProblems(
  target: CheckedTarget,
  options: CheckOptions,
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
    ...surroundings.problems,
    ...(refusal === null ? [] : [`--memory: ${refusal}`]),
  ];
}
