import { isAwsError } from '../../contract/shared/aws-error.ts';

/** Returns what a call returns, or something else where AWS refuses it or does not answer. */
export async function orElse<T>(call: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return otherwise;
  }
}
