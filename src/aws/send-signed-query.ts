import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsError } from '../contract/shared/aws-error.ts';
import type { ConnectionOptions } from './lambda-client.ts';
import { translateError } from './translate-error.ts';

/** A service of the AWS Query protocol, which answers in XML. */
export interface QueryService {
  readonly name: 'sts' | 'iam';
  readonly version: string;
  /** The service's address, and the region that its requests are signed for. */
  readonly url: string;
  readonly signingRegion: string;
}

const ANSWER_WITHIN_MS = 8000;

/**
 * Asks a service of the Query protocol, signed by the SDK's own signer. Two questions of identity are not worth
 * two more clients, which together are larger than all others.
 *
 * @returns its answer, as XML
 * @throws {AwsError}
 */
export async function sendSignedQuery(
  service: QueryService,
  credentials: NonNullable<ConnectionOptions['credentials']>,
  parameters: Readonly<Record<string, string>> & { readonly Action: string },
): Promise<string> {
  const action = `${service.name}:${parameters.Action}`;
  const body = new URLSearchParams({ ...parameters, Version: service.version }).toString();
  const url = new URL(service.url);
  const signer = new SignatureV4({
    service: service.name,
    region: service.signingRegion,
    credentials,
    sha256: Sha256,
  });
  let status: number;
  let text: string;
  try {
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path: url.pathname,
      query: {},
      headers: { host: url.host, 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const { host: _, ...sent } = headers;
    const answer = await fetch(url, { method: 'POST', headers: sent, body, signal });
    ({ status } = answer);
    text = await answer.text();
  } catch (error) {
    throw translateError(withCause(error), action, service.url);
  }
  if (status < 300) return text;
  const code = textOf(text, 'Code') ?? `status ${status}`;
  throw new AwsError({
    kind: kindOf(code, status),
    action,
    resource: service.url,
    code,
    message: textOf(text, 'Message') ?? `status ${status}`,
  });
}

/** The text of the first element of a name; `null` where there is none. */
export function textOf(xml: string, name: string): string | null {
  return textsOf(xml, name)[0] ?? null;
}

/** The texts of all elements of a name, in their order. */
export function textsOf(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) =>
    text.replace(/&(amp|lt|gt|quot|apos|#39);/g, (_, entity: string) => ENTITIES[entity] ?? ''),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
};

function kindOf(code: string, status: number): AwsError['kind'] {
  return translateError({ name: code, $metadata: { httpStatusCode: status } }, '', '').kind;
}

/** Returns the cause of an error of `fetch`, which itself says no more than that it failed. */
function withCause(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error;
}

/** As the signer wants it. */
class Sha256 {
  readonly #hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', toBuffer(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBuffer(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }

  reset(): void {}
}

function toBuffer(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}
