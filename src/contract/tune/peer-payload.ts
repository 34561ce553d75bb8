import { isList } from '../shared/json.ts';
import { memberOf } from '../shared/member-of.ts';
import type { PeerInput } from './peer-keys.ts';
import { numberOf } from './peer-values.ts';

/** Texts stay texts here: what they are sent as is `textOf`'s to say. */
export function payloadOf(peer: PeerInput): Readonly<Record<string, unknown>> {
  // An object of S3 takes the place of a payload beside it.
  if (peer.payloadS3 !== undefined) return { payloadS3: unescape(peer.payloadS3) };
  const items = weightedItems(peer.payload);
  if (items !== null) return { payloads: items };
  return { payload: peer.payload ?? null };
}

/** The peer reads the place as a URL: `%20` in a key is a space. */
function unescape(place: unknown): unknown {
  if (typeof place !== 'string') return place;
  try {
    return decodeURIComponent(place);
  } catch {
    return place;
  }
}

/**
 * Payloads with their weights by the peer's rule: a list of which every item has both, whatever it has
 * besides. `null` for anything else: that is one payload. Weights may be texts, as other numbers may; one
 * that is no number is left as it is, to be refused: such a list is never sent as an event.
 */
export function weightedItems(
  payload: unknown,
): readonly { readonly payload: unknown; readonly weight: unknown }[] | null {
  if (!isList(payload) || payload.length === 0) return null;
  return payload.every(isWeighted)
    ? payload.map((item) => ({ payload: item.payload, weight: numberOf(item.weight) }))
    : null;
}

function isWeighted(
  item: unknown,
): item is { readonly payload: unknown; readonly weight: unknown } {
  if (typeof item !== 'object' || item === null || !('payload' in item)) return false;
  return ['number', 'string', 'boolean'].includes(typeof memberOf(item, 'weight'));
}
