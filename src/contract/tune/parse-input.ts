import { inputSchema, type Input } from './input.ts';
import type { Json } from '../shared/json.ts';
import { tooFewForPayloads } from './payload-counts.ts';
import { isPeerInput, translatePeerInput } from './peer-input.ts';
import { schemaProblems } from '../shared/schema-problems.ts';
import { nothingToVary } from '../shared/vary-payload.ts';

/**
 * The most that the payloads of an execution's input may have, all together: Measure reads them beside up
 * to 8,000 observations, and a state of Step Functions holds 256 KiB. Larger ones come by `payloadS3`.
 */
export const MAX_PAYLOAD_BYTES = 64 * 1024;

export type ParsedInput =
  | { readonly kind: 'valid'; readonly input: Input }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Reads a run's input; an invalid one comes back with all of its problems, each a sentence. */
export function parseInput(raw: unknown): ParsedInput {
  const peer = isPeerInput(raw) ? translatePeerInput(raw) : { raw, problems: [] };
  const parsed = inputSchema.safeParse(peer.raw);
  if (!parsed.success) {
    const own = schemaProblems(parsed.error, peer.raw, inputSchema);
    return { kind: 'invalid', problems: [...peer.problems, ...own] };
  }
  const problems = [...peer.problems, ...contradictions(parsed.data)];
  return problems.length > 0
    ? { kind: 'invalid', problems }
    : { kind: 'valid', input: parsed.data };
}

/** What no single key can see: keys that exclude each other, and sums that go too far. */
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
    const nothing = nothingToVary(inlinePayloads(input).map((each) => JSON.stringify(each)));
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

function inlinePayloads({ payload, payloads }: Input): readonly Json[] {
  return payloads?.map((each) => each.payload) ?? [payload ?? {}];
}

function tooLarge(input: Input): readonly string[] {
  const { payloads } = input;
  const sizes = inlinePayloads(input).map(bytesOf);
  // What all of them together may have depends on how much is measured: Inspect knows that.
  return sizes.flatMap((bytes, index) => {
    const where = payloads === undefined ? 'payload' : `payloads[${index}].payload`;
    return bytes > MAX_PAYLOAD_BYTES
      ? [
          `${where}: wanted at most ${MAX_PAYLOAD_BYTES} bytes of JSON, it has ${bytes}; put it into S3 and name it with payloadS3`,
        ]
      : [];
  });
}

function bytesOf(payload: Json): number {
  return new TextEncoder().encode(JSON.stringify(payload)).length;
}
