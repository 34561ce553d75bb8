import type { Result } from '../../contract/tune/result.ts';
import { plainText } from '../plain-text.ts';

const CPU_SHARES: Readonly<Record<string, string>> = {
  'cgroup-v1': 'the kernel gave each process the CPU share that its memory buys (cgroup v1)',
  'cgroup-v2': 'the kernel gave each process the CPU share that its memory buys (cgroup v2)',
  settle:
    'each handler ran at full speed and its answer was held back until its CPU share would have allowed it (settle)',
  recorded: 'every duration was drawn from a recorded function',
};

/** What is not known without Linux's /proc. */
const SAMPLED =
  'Child processes, and any runtime but ours, were looked at five times a second (ps): a peak of their memory, ' +
  'or processor time of a child that lived for less, may be missed.';

/** Tells how a result that did not come from AWS was made; `null` for one that did. */
export function emulationText({ emulated, emulation }: Result): string | null {
  if (!emulated) return null;
  const cpu = emulation === undefined ? undefined : plainText(emulation.cpu);
  const how =
    cpu === undefined
      ? 'how the CPU share was made is not known'
      : Object.hasOwn(CPU_SHARES, cpu)
        ? CPU_SHARES[cpu]
        : `the CPU share was made by ${cpu}`;
  const looked = emulation?.meter === 'posix' ? ` ${SAMPLED}` : '';
  return `Emulated, not measured on AWS: ${how ?? cpu ?? ''}.${looked}`;
}
