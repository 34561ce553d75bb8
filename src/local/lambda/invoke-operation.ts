import type { EmbeddedAccount } from './embedded-account.ts';
import type { EmbeddedFunction } from './embedded-function.ts';
import { pickVersion } from './function-aliases.ts';
import type { HostInvocation, HostReply } from './function-host.ts';
import { invalidContent, serviceFault, tooLarge, validation } from './lambda-exception.ts';
import type { Operation, OperationReply, OperationRequest } from './operation.ts';

// Lambda quotas, 2026-11: 6 MB each way when somebody waits, 1 MB when nobody does; a response may
// have 100 bytes more, which Lambda's own messages count in.
const MAX_REQUEST_BYTES = 6 * 2 ** 20;
const MAX_EVENT_BYTES = 2 ** 20;
const MAX_RESPONSE_BYTES = MAX_REQUEST_BYTES + 100;
const MAX_CLIENT_CONTEXT_BYTES = 3583;
const LOG_TAIL_BYTES = 4096;

export const INVOKE_OPERATION: Operation = {
  name: 'Invoke',
  method: 'POST',
  path: '/2015-03-31/functions/{FunctionName}/invocations',
  run: async (request, account) => {
    const type = header(request, 'x-amz-invocation-type') ?? 'RequestResponse';
    const { invocation, fn } = prepare(request, account, type);
    if (type === 'DryRun') return { status: 204 };

    const leave = account.gate.enter(fn);
    const outcome = runOn(fn, invocation).finally(leave);
    if (type === 'Event') {
      // Nobody hears of the outcome; unlike Lambda, the endpoint does not try a failed event again.
      outcome.catch(() => undefined);
      return { status: 202 };
    }
    return answer(await outcome, invocation, header(request, 'x-amz-log-type') === 'Tail');
  },
};

function prepare(
  request: OperationRequest,
  account: EmbeddedAccount,
  type: string,
): { readonly fn: EmbeddedFunction; readonly invocation: HostInvocation } {
  if (type !== 'RequestResponse' && type !== 'Event' && type !== 'DryRun') {
    throw validation(
      `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
    );
  }
  const limitBytes = type === 'Event' ? MAX_EVENT_BYTES : MAX_REQUEST_BYTES;
  if (request.body.length > limitBytes) throw tooLarge(limitBytes);
  const { fn, qualifier } = account.find(request);
  const alias = qualifier === null ? undefined : fn.aliases.find(qualifier);
  const version =
    alias === undefined
      ? (qualifier ?? '$LATEST')
      : pickVersion(alias, account.settings.ids.random);
  const clientContext = readClientContext(request);
  return {
    fn,
    invocation: {
      settings: fn.variant(version),
      invokedFunctionArn: qualifier === null ? fn.arn : `${fn.arn}:${qualifier}`,
      requestId: request.requestId,
      payload: readPayload(request.body),
      ...(clientContext === null ? {} : { clientContext }),
    },
  };
}

async function runOn(fn: EmbeddedFunction, invocation: HostInvocation): Promise<HostReply> {
  try {
    return await fn.definition.host.invoke(invocation);
  } catch (error) {
    throw serviceFault(
      `The embedded Lambda endpoint could not run ${fn.definition.name}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function answer(reply: HostReply, invocation: HostInvocation, tail: boolean): OperationReply {
  const tooLong = reply.payload.length > MAX_RESPONSE_BYTES;
  const functionError = tooLong ? 'Unhandled' : reply.functionError;
  return {
    status: 200,
    headers: {
      'x-amz-executed-version': invocation.settings.version,
      ...(functionError === null ? {} : { 'x-amz-function-error': functionError }),
      ...(tail
        ? { 'x-amz-log-result': reply.log.subarray(-LOG_TAIL_BYTES).toString('base64') }
        : {}),
    },
    body: tooLong ? responseTooLarge(reply.payload.length) : reply.payload,
  };
}

function responseTooLarge(bytes: number): Buffer {
  return Buffer.from(
    JSON.stringify({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
    }),
  );
}

/** The bytes as they came, once they are known to be JSON; none at all mean `{}`. */
function readPayload(body: Buffer): Buffer {
  if (body.length === 0) return Buffer.from('{}');
  try {
    JSON.parse(body.toString('utf8'));
    return body;
  } catch (error) {
    throw invalidContent(
      `Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}`,
    );
  }
}

function readClientContext(request: OperationRequest): string | null {
  const encoded = header(request, 'x-amz-client-context');
  if (encoded === null || encoded === '') return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  try {
    if (encoded.length > MAX_CLIENT_CONTEXT_BYTES) throw new Error('too long');
    JSON.parse(decoded);
    return decoded;
  } catch {
    throw invalidContent('Client context must be a valid Base64-encoded JSON object.');
  }
}

function header(request: OperationRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}
