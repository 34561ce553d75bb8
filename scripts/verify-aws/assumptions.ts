import type { Assumption } from './assumption.ts';
import { HISTORY } from './assumptions/history.ts';
import { INVOCATIONS } from './assumptions/invocations.ts';
import { LOGS } from './assumptions/logs.ts';
import { READS } from './assumptions/reads.ts';
import { UPDATES } from './assumptions/updates.ts';
import { VERSIONS } from './assumptions/versions.ts';
import { WORKFLOWS } from './assumptions/workflows.ts';

/** Every assumption, in the order in which they are tried: what changes nothing comes first. */
export const ASSUMPTIONS: readonly Assumption[] = [
  ...READS,
  ...WORKFLOWS,
  ...UPDATES,
  ...VERSIONS,
  ...INVOCATIONS,
  ...LOGS,
  ...HISTORY,
];
