import { translateError } from '../../src/aws/translate-error.ts';

/** How AWS refused a call. */
export interface Refusal {
  readonly name: string;
  readonly status: number;
  readonly message: string;
}

/**
 * The refusal that a call ends with, `null` where it succeeded. What tells nothing about the assumption (no
 * permission, no answer, a throttled caller) is thrown on.
 */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal | null> {
  try {
    await call;
    return null;
  } catch (error) {
    const { kind } = translateError(error, '', '');
    if (kind === 'denied' || kind === 'unavailable') throw error;
    const { name, message, $metadata } = error as {
      readonly name: string;
      readonly message: string;
      readonly $metadata?: { readonly httpStatusCode?: number };
    };
    return { name, message, status: $metadata?.httpStatusCode ?? 0 };
  }
}

/** Whether the caller may not make the call at all, so that nothing was done. */
export function isDenied(error: unknown): boolean {
  return translateError(error, '', '').kind === 'denied';
}

/** `409 ResourceConflictException`, or that nothing was refused. */
export function inWords(refusal: Refusal | null): string {
  return refusal === null ? 'the call succeeded' : `${refusal.status} ${refusal.name}`;
}
