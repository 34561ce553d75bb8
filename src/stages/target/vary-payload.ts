import { randomUUID } from 'node:crypto';

/**
 * Returns a payload as one invocation gets it. Every `{{uuid}}` becomes an id of its own that no invocation
 * of any run had before: a seed must not bring back what a function has stored. `{{index}}` is the same
 * number everywhere in the payload.
 */
export function variedPayload(text: string, index: number): string {
  return text
    .replaceAll('{{uuid}}', () => randomUUID())
    .replaceAll('{{index}}', () => String(index));
}

/** Returns the most bytes that a payload can have once it is filled in. */
export function mostBytesVaried(text: string, mostIndex: number): number {
  return Buffer.byteLength(variedPayload(text, mostIndex));
}
