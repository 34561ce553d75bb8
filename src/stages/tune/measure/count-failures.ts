import type { Observation } from '../../../contract/shared/observation.ts';
import type { FailureOfSize } from '../../../contract/tune/failure.ts';
import { addFailure } from '../../../core/measure/failures.ts';
import { errorStack } from '../../../core/measure/error-stack.ts';
import type { Answered, MeasuredSlice } from './slice-request.ts';

/** What Lambda reports where no function can say it any more. */
const TYPE_OF_OUTCOME: Readonly<Partial<Record<Observation['outcome'], string>>> = {
  timeout: 'Sandbox.Timedout',
  'out-of-memory': 'Runtime.OutOfMemory',
};

/**
 * Counts the invocations of a slice that failed, by size and type.
 *
 * @param keepsWords whether what the function said may be kept: `logPayloads`
 */
export function countFailures(
  before: readonly FailureOfSize[],
  { observations, failures }: Pick<MeasuredSlice, 'observations' | 'failures'>,
  keepsWords: boolean,
): readonly FailureOfSize[] {
  return observations
    .filter(({ outcome }) => outcome !== 'ok')
    .reduce((known, observation) => {
      const { memoryMb, outcome } = observation;
      const answer = failures.get(observation);
      const type = TYPE_OF_OUTCOME[outcome] ?? answer?.errorType ?? null;
      return addFailure(known, {
        memoryMb,
        type,
        message: null,
        ...(keepsWords && answer !== undefined ? wordsOf(answer) : {}),
      });
    }, before);
}

function wordsOf({ errorMessage, body }: Answered) {
  const stack = errorStack(body);
  return { message: errorMessage, ...(stack.length === 0 ? {} : { stack: stack.join('\n') }) };
}
