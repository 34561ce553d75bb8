import { totalmem } from 'node:os';

/** Processes of one machine differ less than hosts of a region, and each takes memory. */
const LOCAL_ENVIRONMENTS = 8;
const LEAST_LOCAL_ENVIRONMENTS = 4;
/** What a waiting process holds, with room to spare. */
const ENVIRONMENT_BYTES = 128 * 2 ** 20;

/** Environments of each side that this machine has room for. */
export function localEnvironments(mostEnvironments: number): number {
  const fitting = Math.floor(totalmem() / 4 / ENVIRONMENT_BYTES / 2);
  return Math.max(
    LEAST_LOCAL_ENVIRONMENTS,
    Math.min(LOCAL_ENVIRONMENTS, mostEnvironments, fitting),
  );
}
