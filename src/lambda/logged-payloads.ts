/**
 * The payloads of an execution's raw input, for the log: only where the input itself says `logPayloads`.
 *
 * @returns `null` where nothing may be logged
 */
export function loggedPayloads(input: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof input !== 'object' || input === null) {
    return null;
  }
  const { logPayloads, payload, payloads } = input as Readonly<Record<string, unknown>>;
  return logPayloads === true ? { payload, payloads } : null;
}
