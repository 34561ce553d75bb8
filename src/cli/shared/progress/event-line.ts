/**
 * Returns an event as one line of JSON, for tools that follow a command: when it was, and the event itself.
 *
 * @param nowMs milliseconds since the epoch
 */
export function eventLine(event: { readonly kind: string }, nowMs: number): string {
  return `${JSON.stringify({ at: new Date(nowMs).toISOString(), ...event })}\n`;
}
