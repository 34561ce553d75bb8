import type { Observation } from '../../contract/shared/observation.ts';

/** All invocations that have to be paid for: the trial invocation too, though it measures nothing. */
export function withTrial(
  observations: readonly Observation[],
  trial: Observation | null,
): readonly Observation[] {
  return trial === null ? observations : [trial, ...observations];
}
