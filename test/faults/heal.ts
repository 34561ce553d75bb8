import { findLeftRuns } from '../../src/cli/restore/find-left-runs.ts';
import { putRunBack } from '../../src/cli/restore/put-run-back.ts';
import { nextDay, play } from './fault-run.ts';
import { TARGET_NAME, type FaultTarget } from './fault-target.ts';

/** What heals a function whose run died with its process: nobody does it at once. */
export const HEALERS = ['the next run', 'powerdial restore'] as const;
export type Healer = (typeof HEALERS)[number];

/** @returns why it did not come to its end; `null` where it did */
export async function heal(target: FaultTarget, healer: Healer): Promise<string | null> {
  switch (healer) {
    case 'the next run': {
      // The run claimed the function; it is healed by whoever comes when that is over.
      const { status, error } = await play(target, 'no apply', nextDay());
      return status === 'done' ? null : `${status}: ${error}`;
    }
    case 'powerdial restore': {
      const deps = { ...target.world, now: Date.now, sleep: waitFor };
      const { runs } = await findLeftRuns(deps, TARGET_NAME);
      for (const { run } of runs) await putRunBack(deps, TARGET_NAME, run);
      return null;
    }
  }
}

function waitFor(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
