/** The payloads of an execution's raw input, for the log: nothing unless the input says `logPayloads`. */
export function loggedPayloads(input: unknown): Readonly<Record<string, unknown>> {
  if (typeof input !== 'object' || input === null) {
    return {};
  }
  const { logPayloads, payload, payloads } = input as Readonly<Record<string, unknown>>;
  return logPayloads === true ? { payload, payloads } : {};
}
