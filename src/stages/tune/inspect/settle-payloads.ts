import { memberOf } from '../../../contract/shared/member-of.ts';
import { createHash } from 'node:crypto';
import type { Deps } from '../../../contract/shared/deps.ts';
import { weightedPayloadsSchema, type Input } from '../../../contract/tune/input.ts';
import type { Json } from '../../../contract/shared/json.ts';
import { weightedItems } from '../../../contract/tune/peer-payload.ts';
import {
  payloadText,
  payloadTexts,
  type WeightedPayload,
} from '../../../contract/tune/payload-texts.ts';
import { schemaProblems } from '../../../contract/shared/schema-problems.ts';
import type { SettledInput } from '../../../contract/tune/settled-input.ts';
import { MOST_INDEX } from '../../../core/payload/invocation-index.ts';
import { mostBytesVaried } from '../../target/vary-payload.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import { MOST_PAYLOAD_BYTES } from './settle-way.ts';
import { messageOf } from '../../../contract/shared/thrown.ts';

export type WeightedPayloads = readonly [WeightedPayload, ...WeightedPayload[]];

/** As much as the largest payload; several together may not be more either. */
const MAX_OBJECT_BYTES = MOST_PAYLOAD_BYTES.synchronous;

/**
 * Returns the payloads of an input, in its order; without any, an empty object.
 *
 * @throws {PowerdialError} InvalidInput when an object of S3 is no payload
 */
export async function payloadsOf(
  input: Pick<Input, 'payload' | 'payloads' | 'payloadS3' | 'peer'>,
  deps: Pick<Deps, 'readObject'>,
): Promise<WeightedPayloads> {
  if (input.payloadS3 !== undefined) {
    const text = await deps.readObject(input.payloadS3);
    return readObject(input.payloadS3, text, input.peer !== undefined);
  }
  return payloadTexts(input) as unknown as WeightedPayloads;
}

/**
 * Tells what a result says about payloads: their hash, never their content.
 *
 * @param varies whether they are filled in for each invocation: then they have as many bytes as they can get
 */
export function payloadHashes(
  payloads: WeightedPayloads,
  varies: boolean,
): SettledInput['payloads'] {
  return payloads.map(({ text, weight }) => ({
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: varies ? mostBytesVaried(text, MOST_INDEX) : Buffer.byteLength(text),
    weight,
    ...recordsOf(text),
  }));
}

/** Events of queues, streams, S3 and SNS hold their records in a list of that name. */
function recordsOf(text: string): { readonly records?: number } {
  if (!text.includes('"Records"')) return {};
  const records = memberOf(jsonOrNull(text), 'Records');
  return Array.isArray(records) ? { records: records.length } : {};
}

/** The peer's payloads may be no JSON. */
function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** One payload, sent to the digit as it stands there, or a list of payloads with their weights. */
function readObject(uri: string, text: string, peer: boolean): WeightedPayloads {
  const parsed = parseObject(uri, text, peer);
  const items = peer ? weightedItems(parsed) : exactlyWeighted(parsed);
  if (items === null) return [{ text: wholeText(text, parsed, peer), weight: 1 }];
  const read = weightedPayloadsSchema.safeParse(items);
  if (!read.success) {
    throw toRefusal({
      code: 'payload-object-unusable',
      uri,
      problems: schemaProblems(read.error, items, weightedPayloadsSchema),
    });
  }
  return read.data.map(({ payload, weight }) => ({
    text: payloadText(payload, peer),
    weight,
  })) as unknown as WeightedPayloads;
}

/**
 * Returns the text of one payload. In the peer's input, a JSON text and an empty object of S3 are sent as the
 * peer sends them; everything else is sent as it stands.
 */
function wholeText(text: string, parsed: Json, peer: boolean): string {
  return peer && (typeof parsed === 'string' || text === '') ? payloadText(parsed, peer) : text;
}

/** Our rule is narrower than the peer's: with anything beside payload and weight, the list is one payload. */
function exactlyWeighted(parsed: Json): readonly object[] | null {
  const items = weightedItems(parsed);
  const given = Array.isArray(parsed) ? (parsed as readonly object[]) : [];
  return given.every((item) => Object.keys(item).length === 2) ? items : null;
}

function parseObject(uri: string, text: string, peer: boolean): Json {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_OBJECT_BYTES) {
    throw toRefusal({
      code: 'payload-object-too-large',
      uri,
      bytes,
      mostBytes: MAX_OBJECT_BYTES,
    });
  }
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    // The peer sends what is no JSON as a text, and nothing at all as null.
    if (peer) return text === '' ? null : text;
    throw toRefusal({ code: 'payload-object-no-json', uri, why: messageOf(error) }, error);
  }
}
