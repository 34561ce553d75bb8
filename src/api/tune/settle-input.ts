import type { Json } from '../../contract/shared/json.ts';
import { parseInput } from '../../contract/tune/parse-input.ts';
import { isPeerInput } from '../../contract/tune/peer-input.ts';
import { UsageError } from '../shared/usage-error.ts';

interface RunInput {
  readonly [key: string]: Json;
}

/**
 * Returns the input of a run of a function, ours or aws-lambda-power-tuning's, and refuses it with all of its
 * problems together, before anything is started or paid for.
 *
 * @throws {UsageError}
 */
export function settleInput(functionName: string, given: RunInput): RunInput {
  const input: RunInput = { ...given, [isPeers(given) ? 'lambdaARN' : 'function']: functionName };
  const parsed = parseInput(input);
  const problems = [
    ...('dryRun' in given ? ['dryRun: wanted none; a dry run has no result'] : []),
    ...(parsed.kind === 'invalid' ? parsed.problems : []),
  ];
  if (problems.length > 0) throw new UsageError(problems);
  return input;
}

/**
 * Returns the input of a recorded function's run: one that answers at once gains nothing side by side, and the
 * order of its invocations would be chance. What the input says itself stands.
 */
export function oneAtATime(input: RunInput): RunInput {
  // The peer's input says how many are under way by its other keys.
  return 'concurrency' in input || isPeers(input) ? input : { ...input, concurrency: 1 };
}

function isPeers(input: RunInput): boolean {
  return isPeerInput(input);
}
