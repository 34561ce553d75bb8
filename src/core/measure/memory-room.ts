/** What the code of a stage takes by itself: Node, the SDK and its connections (140 MB measured, 2026-11). */
const OWN_MB = 192;

/**
 * How often a payload is in memory while it is sent: encrypted for its connection, and what is freed late.
 * Its own bytes are shared by all invocations.
 */
const COPIES_SENT = 2;

/** How often what a processor or the target answers is: its parts, the whole, a text of it, and sent on. */
const COPIES_ANSWERED = 6;

/** No payload is so small that nothing is held for it: requests, headers, the tail of a log. */
const LEAST_BYTES = 64 * 1024;

/** Returns the most invocations at once whose payloads fit into the memory of a stage. */
export function mostSentAtOnce(memoryMb: number, payloadBytes: number): number {
  return atOnce(memoryMb, COPIES_SENT * payloadBytes);
}

/**
 * Returns how many invocations may be under way at once where answers of at most so many bytes are handed on.
 */
export function mostAnsweredAtOnce(memoryMb: number, answerBytes: number): number {
  return atOnce(memoryMb, COPIES_ANSWERED * answerBytes);
}

function atOnce(memoryMb: number, bytes: number): number {
  const roomBytes = (memoryMb - OWN_MB) * 2 ** 20;
  return Math.max(1, Math.floor(roomBytes / Math.max(LEAST_BYTES, bytes)));
}
