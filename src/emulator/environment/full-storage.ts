import type { InvocationEnding } from './invocation-ending.ts';
import type { TemporaryStorage } from './temporary-storage.ts';

/** Fails an answer where the environment's `/tmp` holds more than it may: on Lambda a write had failed. */
export function failWhereFull(
  storage: TemporaryStorage,
  ending: InvocationEnding,
): InvocationEnding {
  storage.look();
  const { tooMuchMb, limitMb } = storage;
  if (tooMuchMb === null || ending.kind !== 'answered') return ending;
  const errorType = 'Error';
  const errorMessage = `ENOSPC: no space left on device (its /tmp holds ${Math.ceil(tooMuchMb)} MB, the function's ephemeral storage is ${limitMb} MB)`;
  const payload = Buffer.from(JSON.stringify({ errorType, errorMessage, trace: [] }));
  return { kind: 'failed', payload, errorType };
}
