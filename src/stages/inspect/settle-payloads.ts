import { createHash } from 'node:crypto';
import type { Input } from '../../contract/input.ts';
import type { Json } from '../../contract/json.ts';
import type { SettledInput } from '../../contract/state.ts';

/** A payload as it is sent, and how often compared with the others. */
export interface WeightedPayload {
  readonly text: string;
  readonly weight: number;
}

/** The payloads of an input, in its order; without any, an empty object. */
export function payloadsOf(
  input: Pick<Input, 'payload' | 'payloads'>,
): readonly [WeightedPayload, ...WeightedPayload[]] {
  const given = input.payloads ?? [];
  const [first, ...rest] = given.map(({ payload, weight }) => ({ text: textOf(payload), weight }));
  return first === undefined
    ? [{ text: textOf(input.payload === undefined ? {} : input.payload), weight: 1 }]
    : [first, ...rest];
}

/** What a result says about payloads: their hash, never their content. */
export function payloadHashes(payloads: readonly WeightedPayload[]): SettledInput['payloads'] {
  return payloads.map(({ text, weight }) => ({
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: Buffer.byteLength(text),
    weight,
  }));
}

function textOf(payload: Json): string {
  return JSON.stringify(payload);
}
