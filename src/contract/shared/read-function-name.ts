/**
 * Tells what a run's raw input names as its function, in our words or in aws-lambda-power-tuning's; `null`
 * where it names none.
 */
export function readFunctionName(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) {
    return null;
  }
  const { function: ours, lambdaARN: peers } = input as Readonly<Record<string, unknown>>;
  const name = ours ?? peers;
  return typeof name === 'string' ? name : null;
}
