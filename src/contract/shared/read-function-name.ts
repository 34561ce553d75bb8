import { memberOf } from './member-of.ts';

/**
 * Tells what a run's raw input names as its function, in our words or in aws-lambda-power-tuning's; `null`
 * where it names none.
 */
export function readFunctionName(input: unknown): string | null {
  const name = memberOf(input, 'function') ?? memberOf(input, 'lambdaARN');
  return typeof name === 'string' ? name : null;
}
