/** Together as much as the largest payload: what is sent again and again fits, what is new each time does not pile up. */
const MOST_BYTES = 6 * 2 ** 20;

/** Turns payloads into bytes, each once: of many invocations at once every one would hold its own copy. */
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
