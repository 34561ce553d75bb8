/** What is filled in anew for each invocation, where a payload holds it and `varyPayload` is set. */
const PLACEHOLDER = /\{\{(?:uuid|index)\}\}/;

/**
 * Tells what is wrong with varying these payloads, as JSON texts: `null` where one of them holds a
 * placeholder.
 */
export function nothingToVary(payloads: readonly string[]): string | null {
  return payloads.some((text) => PLACEHOLDER.test(text))
    ? null
    : 'varyPayload: wanted {{uuid}} or {{index}} in a payload, to be filled in anew for each invocation; there is none';
}
