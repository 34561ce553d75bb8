import type { LambdaClient } from '@aws-sdk/client-lambda';

const TRACE_HEADER = 'x-amzn-trace-id';
const W3C_HEADERS = ['traceparent', 'tracestate', 'baggage'];

/**
 * Keeps the caller's X-Ray sampling decision away from what this client invokes. Inside Lambda the SDK
 * passes the trace header on, and Step Functions samples: a target with "active" or pass-through tracing
 * would trace what it never traces in production, and be slower and more expensive for it. Root and lineage stay,
 * for Lambda's recursion detection.
 */
export function withoutSampling(client: LambdaClient): LambdaClient {
  client.middlewareStack.add(
    (next) => (args) => {
      leaveUndecided((args.request as { readonly headers: Record<string, string> }).headers);
      return next(args);
    },
    // This step runs after the SDK's own middleware of the same step has set the headers.
    { step: 'build', priority: 'low', name: 'withoutSampling' },
  );
  return client;
}

function leaveUndecided(headers: Record<string, string>): void {
  for (const name of Object.keys(headers)) {
    const lower = name.toLowerCase();
    if (lower === TRACE_HEADER) headers[name] = rootAndLineage(headers[name] ?? '');
    // The W3C headers carry the same decision in their own form.
    if (W3C_HEADERS.includes(lower)) Reflect.deleteProperty(headers, name);
  }
}

/** Without `Sampled` the receiver decides as it would for any caller. */
function rootAndLineage(header: string): string {
  return header
    .split(';')
    .filter((field) => !/^\s*(Sampled|Parent)=/i.test(field))
    .join(';');
}
