import { createHash } from 'node:crypto';
import { PowerdialError } from '../../contract/errors.ts';
import type { Deps } from '../../contract/deps.ts';
import type { Input } from '../../contract/input.ts';
import type { Json } from '../../contract/json.ts';
import { isWeighted } from '../../contract/peer-input.ts';
import type { SettledInput } from '../../contract/state.ts';

/** A payload as it is sent, and how often compared with the others. */
export interface WeightedPayload {
  readonly text: string;
  readonly weight: number;
}

export type WeightedPayloads = readonly [WeightedPayload, ...WeightedPayload[]];

/** What Lambda takes synchronously. */
const MAX_OBJECT_BYTES = 6 * 1024 * 1024;

/**
 * The payloads of an input, in its order; without any, an empty object.
 *
 * @throws {PowerdialError} InvalidInput when an object of S3 is no payload
 */
export async function payloadsOf(
  input: Pick<Input, 'payload' | 'payloads' | 'payloadS3' | 'peer'>,
  deps: Pick<Deps, 'readObject'>,
): Promise<WeightedPayloads> {
  if (input.payloadS3 !== undefined) {
    const parsed = parseObject(input.payloadS3, await deps.readObject(input.payloadS3));
    // The peer reads weights off an object too.
    return input.peer !== undefined && isWeighted(parsed)
      ? weighted(parsed as readonly { readonly payload: Json; readonly weight: number }[])
      : weighted([{ payload: parsed, weight: 1 }]);
  }
  return weighted(
    input.payloads ?? [{ payload: input.payload === undefined ? {} : input.payload, weight: 1 }],
  );
}

/** What a result says about payloads: their hash, never their content. */
export function payloadHashes(payloads: WeightedPayloads): SettledInput['payloads'] {
  return payloads.map(({ text, weight }) => ({
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: Buffer.byteLength(text),
    weight,
  }));
}

function weighted(
  payloads: readonly { readonly payload: Json; readonly weight: number }[],
): WeightedPayloads {
  return payloads.map(({ payload, weight }) => ({
    text: JSON.stringify(payload),
    weight,
  })) as unknown as WeightedPayloads;
}

function parseObject(uri: string, text: string): Json {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_OBJECT_BYTES) {
    throw new PowerdialError(
      'InvalidInput',
      `payloadS3: wanted at most ${MAX_OBJECT_BYTES} bytes, which is what Lambda takes, ${uri} has ${bytes}`,
    );
  }
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new PowerdialError(
      'InvalidInput',
      `payloadS3: wanted JSON in ${uri}: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}
