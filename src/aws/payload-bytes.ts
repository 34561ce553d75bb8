/**
 * As much as the largest payload: payloads that are sent again and again fit in, and payloads that are new
 * each time do not pile up.
 */
const MOST_BYTES = 6 * 2 ** 20;

/** Turns each payload into bytes once. Otherwise every invocation under way would hold its own copy. */
export function payloadBytes(): (payload: string) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  let total = 0;
  return (payload) => {
    const found = known.get(payload);
    if (found !== undefined) return found;
    const bytes = Buffer.from(payload);
    if (total + bytes.length > MOST_BYTES) {
      known.clear();
      total = 0;
    }
    known.set(payload, bytes);
    total += bytes.length;
    return bytes;
  };
}
