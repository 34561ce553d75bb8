import { buildHandler, locateHandler, machineCores, memoryRefusal } from '../../emulator/index.ts';
import { readSurroundings } from '../shared/handler/handler-surroundings.ts';
import type { CheckOptions } from './check-options.ts';
import type { CheckedTarget } from './checked-targets.ts';

const CPU_CHOICES = ['auto', 'cgroup-v1', 'cgroup-v2', 'settle'] as const;

/** How the CPU share is to be made; `null` where `--cpu` is none of the ways. */
export function cpuChoice({ cpu = 'auto' }: CheckOptions): (typeof CPU_CHOICES)[number] | null {
  return CPU_CHOICES.find((known) => known === cpu) ?? null;
}

/** Why handlers on this machine cannot be measured, as far as it shows before anything runs. */
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
    ...(cpuChoice(options) === null
      ? [`--cpu: wanted ${CPU_CHOICES.join(', ')}, it is ${JSON.stringify(options.cpu)}`]
      : []),
    ...surroundings.problems,
    ...(refusal === null ? [] : [`--memory: ${refusal}`]),
  ];
}
