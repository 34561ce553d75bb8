import type { Input } from './input.ts';

/**
 * Tells what is wrong with how often each size is invoked, for so many payloads: each is measured at every
 * size.
 *
 * @returns `null` where it suffices
 */
export function tooFewForPayloads(
  { invocations, coldStarts, onlyColdStarts, peer }: Input,
  payloads: number,
): string | null {
  const [key, count] = onlyColdStarts
    ? (['coldStarts', coldStarts] as const)
    : (['invocations', invocations] as const);
  if (count === 'auto' || payloads < 2 || payloads <= count) return null;
  const named = peer === undefined ? key : 'num';
  return `${named}: wanted at least ${payloads}, so that each of the ${payloads} payloads is measured at every size, it is ${count}; set it higher, or leave payloads out`;
}
