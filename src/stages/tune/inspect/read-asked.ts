import type { Deps } from '../../../contract/shared/deps.ts';
import { nothingToVary } from '../../../contract/shared/vary-payload.ts';
import type { Input } from '../../../contract/tune/input.ts';
import { parseInput, type ParsedInput } from '../../../contract/tune/parse-input.ts';
import { tooFewForPayloads } from '../../../contract/tune/payload-counts.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { payloadsOf, type WeightedPayloads } from './settle-payloads.ts';

/** @throws {PowerdialError} InvalidInput with every problem of the input */
export function readInput(raw: unknown): Extract<ParsedInput, { kind: 'valid' }> {
  const parsed = parseInput(raw);
  if (parsed.kind === 'invalid') {
    throw toRefusal({ code: 'invalid-input', problems: parsed.problems });
  }
  return parsed;
}

/**
 * Reads the payloads, from the input or from where it says that they are.
 *
 * @throws {PowerdialError} InvalidInput where they cannot all be measured, or vary in nothing
 */
export async function readPayloads(
  input: Input,
  deps: Pick<Deps, 'readObject'>,
): Promise<WeightedPayloads> {
  const payloads = await payloadsOf(input, deps);
  const few = tooFewForPayloads(input, payloads.length);
  const nothing = input.varyPayload ? nothingToVary(payloads.map(({ text }) => text)) : null;
  const problems = [few, nothing].filter((each) => each !== null);
  if (problems.length > 0) throw toRefusal({ code: 'invalid-input', problems });
  return payloads;
}
