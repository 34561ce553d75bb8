import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReportedUsage } from './process-watch.ts';

/** Bytes of a request; `null` when they are more than Lambda takes. */
export async function readBody(
  request: IncomingMessage,
  mostBytes: number,
): Promise<Buffer | null | 'broken'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
    }
  } catch {
    return 'broken';
  }
  return bytes > mostBytes ? null : Buffer.concat(chunks);
}

/** A stream that failed on its way says so behind its body; `null` for one that is whole. */
export function brokenOff(
  { trailers }: IncomingMessage,
  streamed: Buffer,
): { readonly payload: Buffer; readonly errorType: string; readonly streamed: Buffer } | null {
  const type = trailers['lambda-runtime-function-error-type'];
  if (type === undefined) return null;
  const body = trailers['lambda-runtime-function-error-body'] ?? '';
  return { payload: Buffer.from(body, 'base64'), errorType: type, streamed };
}

/** `<processor time in µs> <most memory in bytes>` */
export function readUsage(header: string | string[] | undefined): ReportedUsage | null {
  const [, cpuUs, peakBytes] = /^(\d+) (\d+)$/.exec(String(header)) ?? [];
  if (cpuUs === undefined) return null;
  return { cpuMs: Number(cpuUs) / 1000, peakBytes: Number(peakBytes) };
}

/**
 * Returns the type of a reported error: its header, else the field of its body, else Lambda's word for none.
 */
export function errorType(request: IncomingMessage, body: Buffer | null): string {
  const header = request.headers['lambda-runtime-function-error-type'];
  if (typeof header === 'string' && header !== '') return header;
  try {
    const parsed: unknown = JSON.parse(body?.toString() ?? '');
    if (typeof parsed === 'object' && parsed !== null && 'errorType' in parsed) {
      return String(parsed.errorType);
    }
  } catch {
    // Not JSON: nothing to learn from it.
  }
  return 'Runtime.Unknown';
}

/** Returns the same JSON as one line of ASCII, which is all that a header holds. */
export function asciiJson(text: string): string {
  return text
    .replace(/[\r\n\t]/g, ' ')
    .replace(
      /[^\x20-\x7e]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

export function reply(
  response: ServerResponse,
  status: number,
  type?: string,
  message?: string,
): void {
  const body = Buffer.from(
    JSON.stringify(
      type === undefined ? { status: 'OK' } : { errorMessage: message, errorType: type },
    ),
  );
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
}
