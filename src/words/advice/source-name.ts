import { plainText } from '../plain-text.ts';

/**
 * Tells what an ARN is about as people call it: `the queue orders`, `the stream clicks`. Without an ARN the
 * kind alone.
 */
export function sourceName(kind: 'queue' | 'stream' | 'table' | 'API', arn: string | null): string {
  const name = arn === null ? null : namePart(arn);
  return name === null || name === '' ? `the ${kind}` : `the ${kind} ${plainText(name)}`;
}

/** Returns the name of what a stream's mapping reads: a stream of Kinesis, or the table that it belongs to. */
export function streamName(source: string, arn: string | null): string {
  return source === 'dynamodb'
    ? `the stream of ${sourceName('table', arn)}`
    : sourceName('stream', arn);
}

/** `orders` of `…:orders`, `clicks` of `…:stream/clicks`, `users` of `…:table/users/stream/2026-…`. */
function namePart(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  return /^(?:stream|table)\/([^/]+)/.exec(resource)?.[1] ?? resource.split('/')[0] ?? '';
}
