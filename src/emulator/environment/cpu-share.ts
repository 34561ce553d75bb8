import type { CpuGroup } from './linux/cpu-group.ts';

export type CpuChoice = 'auto' | 'cgroup-v1' | 'cgroup-v2' | 'settle';

/** How the environments of a host get the share of the processors that their memory buys. */
export type CpuShare =
  | {
      readonly kind: 'cgroup-v1' | 'cgroup-v2';
      /** Where the groups are made. */
      readonly directory: string;
      readonly newGroup: (name: string) => CpuGroup;
    }
  /** Run at full speed, and hold the answer for as long as the share would have taken. */
  | { readonly kind: 'settle' };

/**
 * Tells what is left where no control group works: `settle`, which always does.
 * @throws when another kind was asked for
 */
export function settleFor(choice: CpuChoice): CpuShare {
  if (choice === 'settle' || choice === 'auto') return { kind: 'settle' };
  throw new Error(
    `Cannot give a CPU share by ${choice}: wanted a control group whose quota holds a process back, ` +
      'found none that this user may create (root, or a cgroup delegated to the user, is needed). ' +
      'Use settle, or auto to take the best that works.',
  );
}
