import { wantedOneOf } from '../wanted-one-of.ts';

const CPU_CHOICES = ['auto', 'cgroup-v1', 'cgroup-v2', 'settle'] as const;

/** Tells how the CPU share is to be made; `null` where `--cpu` is none of the ways. */
export function cpuChoice({
  cpu = 'auto',
}: {
  readonly cpu?: string;
}): (typeof CPU_CHOICES)[number] | null {
  return CPU_CHOICES.find((known) => known === cpu) ?? null;
}

export function cpuProblem(cpu: string | undefined): string {
  return wantedOneOf('--cpu', CPU_CHOICES, cpu ?? '');
}
