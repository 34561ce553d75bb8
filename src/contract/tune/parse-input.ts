import { inputSchema, widestInputSchema, type Input } from './input.ts';
import { tooFewForPayloads } from './payload-counts.ts';
import { payloadTexts } from './payload-texts.ts';
import { isPeerInput, translatePeerInput } from './peer-input.ts';
import { toPeerKeys } from './peer-keys.ts';
import { schemaProblems } from '../shared/schema-problems.ts';
import { nothingToVary } from '../shared/vary-payload.ts';
import type { WarningFacts } from '../shared/warnings/warning.ts';

/**
 * The most that the payloads of an execution's input may have, all together: Measure reads them beside up
 * to 8,000 observations, and a state of Step Functions holds 256 KiB. Larger ones come by `payloadS3`.
 */
export const MAX_PAYLOAD_BYTES = 64 * 1024;

export type ParsedInput =
  | { readonly kind: 'valid'; readonly input: Input; readonly warnings: readonly WarningFacts[] }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/**
 * Reads a run's input; an invalid one comes back with all of its problems, each a sentence that begins with
 * the key as the user wrote it.
 */
export function parseInput(raw: unknown): ParsedInput {
  if (!isPeerInput(raw)) return parse(raw, inputSchema, []);
  const peer = translatePeerInput(raw);
  const parsed = parse(peer.raw, widestInputSchema, peer.problems);
  if (parsed.kind === 'valid') return { ...parsed, warnings: peer.warnings };
  return { kind: 'invalid', problems: [...new Set(parsed.problems.map(toPeerKeys))] };
}

function parse(
  raw: unknown,
  schema: typeof inputSchema | typeof widestInputSchema,
  known: readonly string[],
): ParsedInput {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const own = schemaProblems(parsed.error, raw, schema);
    return { kind: 'invalid', problems: [...known, ...own] };
  }
  const problems = [...known, ...contradictions(parsed.data)];
  return problems.length > 0
    ? { kind: 'invalid', problems }
    : { kind: 'valid', input: parsed.data, warnings: [] };
}

/** Tells what no single key can see: keys that exclude each other, and sums that go too far. */
function contradictions(input: Input): readonly string[] {
  const problems: string[] = [];
  const given = (['payload', 'payloads', 'payloadS3'] as const).filter(
    (key) => input[key] !== undefined,
  );
  if (given.length > 1) {
    problems.push(`${given.join(' and ')}: wanted one of them, not several`);
  }
  problems.push(...tooLarge(input));
  const few = tooFewForPayloads(input, input.payloads?.length ?? 1);
  if (few !== null) problems.push(few);
  if (input.varyPayload && input.payloadS3 === undefined) {
    const nothing = nothingToVary(payloadTexts(input).map(({ text }) => text));
    if (nothing !== null) problems.push(nothing);
  }
  if (input.onlyColdStarts && input.coldStarts === 0) {
    problems.push('onlyColdStarts: wanted coldStarts of at least 1 beside it, it is 0');
  }
  if (input.ignoreErrors?.length === 0) {
    problems.push('ignoreErrors: wanted at least one error type, it is empty');
  }
  return problems;
}

function tooLarge(input: Input): readonly string[] {
  // The peer's input has no bound of its own here. What all of them together may have depends on how much
  // is measured, too: Inspect knows that.
  if (input.peer !== undefined) return [];
  return payloadTexts(input).flatMap(({ text }, index) => {
    const where = input.payloads === undefined ? 'payload' : `payloads[${index}].payload`;
    const bytes = new TextEncoder().encode(text).length;
    return bytes > MAX_PAYLOAD_BYTES
      ? [
          `${where}: wanted at most ${MAX_PAYLOAD_BYTES} bytes of JSON, it has ${bytes}; put it into S3 and name it with payloadS3`,
        ]
      : [];
  });
}
