import { z } from 'zod';

import { checkObservationSchema, type CheckObservation } from '../../contract/check/check.ts';
import { PowerdialError } from '../../contract/shared/errors.ts';
import { UsageError } from '../shared/usage-error.ts';

/**
 * Parses the observations of a file; none at all are an error.
 *
 * @param path what to call the file in messages
 * @throws {PowerdialError} NothingMeasured where there is no observation
 * @throws {UsageError} where one is damaged
 */
export function parseObservations(
  path: string,
  observations: readonly CheckObservation[],
): readonly CheckObservation[] {
  if (observations.length === 0) {
    throw new PowerdialError(
      'NothingMeasured',
      `Compare ${path}: wanted observations, it holds none. No samples are no pass: measure again.`,
    );
  }
  const parsed = z.array(checkObservationSchema).safeParse(observations);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new UsageError([
    `${path}: an observation is damaged (row ${String(first?.path[0])}, ${String(first?.path[1])}: ${first?.message ?? ''})`,
  ]);
}
