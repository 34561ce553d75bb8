import type { Json } from '../shared/json.ts';
import type { Input } from './input.ts';
import { textOf } from './peer-values.ts';

/** A payload as it is sent, and how often compared with the others. */
export interface WeightedPayload {
  readonly text: string;
  readonly weight: number;
}

/**
 * Returns the payloads of an input, in its order; without any, an empty object. In the peer's input a text
 * that holds JSON is sent as it was given: a number with more digits than a double holds stays what it is.
 */
export function payloadTexts({
  payload,
  payloads,
  peer,
}: Pick<Input, 'payload' | 'payloads' | 'peer'>): readonly WeightedPayload[] {
  const list = payloads ?? [{ payload: payload === undefined ? {} : payload, weight: 1 }];
  return list.map((each) => ({
    text: payloadText(each.payload, peer !== undefined),
    weight: each.weight,
  }));
}

export function payloadText(payload: Json, isPeers: boolean): string {
  return isPeers ? textOf(payload) : JSON.stringify(payload);
}
