import { buildHandler, locateHandler, machineCores, memoryRefusal } from '../../emulator/index.ts';
import { cpuChoice, cpuProblem } from '../shared/handler/cpu-choice.ts';
import { readSurroundings } from '../shared/handler/handler-surroundings.ts';
import type { CheckOptions } from './check-options.ts';
import type { CheckedTarget } from './checked-targets.ts';

/** Tells why handlers on this machine cannot be measured, as far as it shows before anything runs. */
export async function localProblems(
  target: CheckedTarget,
  options: CheckOptions,
): Promise<readonly string[]> {
  if (target.kind !== 'local') return [];
  const handlers = [target.base, target.head].flatMap((side) => side?.target ?? []);
  const located = await Promise.all(
    handlers.map((handler) => locateHandler(handler, options.root)),
  );
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
