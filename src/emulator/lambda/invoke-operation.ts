import type { ServiceReply } from '../services/service-reply.ts';
import type { EmbeddedAccount } from './embedded-account.ts';
import { deliverEvent } from './event-queue.ts';
import type { HostInvocation, HostReply } from './function-host.ts';
import { resolveInvocation, runInvocation, type InvocationRequest } from './invocation.ts';
import { Constraints } from './constraints.ts';
import { invalidUtf8 } from './invalid-utf8.ts';
import { eventTooLarge, invalidContent, tooLarge } from './lambda-exception.ts';
import type { OperationRequest } from './operation-request.ts';
import type { Operation } from './operation.ts';
import { messageOf } from '../../contract/shared/thrown.ts';

// Lambda quotas, 2026-11: 6 MB each way when somebody waits, 1 MB when nobody does; a response may
// have 100 bytes more, which Lambda's own messages count in.
const MAX_REQUEST_BYTES = 6 * 2 ** 20;
const MAX_EVENT_BYTES = 2 ** 20;
const MAX_RESPONSE_BYTES = MAX_REQUEST_BYTES + 100;
const MAX_CLIENT_CONTEXT_BYTES = 3583;
const LOG_TAIL_BYTES = 4096;

/** A chatty extension's lines, enough of them to push the report out of the log's tail. */
const CHATTER = Buffer.from('EXTENSION flushed its telemetry\n'.repeat(160));

export const INVOKE_OPERATION: Operation = {
  name: 'Invoke',
  method: 'POST',
  path: '/2015-03-31/functions/{FunctionName}/invocations',
  action: 'InvokeFunction',
  run: async (request, account) => {
    const types = ['Event', 'RequestResponse', 'DryRun'];
    const { type, tail, wanted, invocation } = beginInvocation(request, account, types);
    if (type === 'DryRun') return { status: 204 };
    if (type === 'Event') {
      account.inBackground(deliverEvent(wanted, account));
      return { status: 202 };
    }
    const reply = await runInvocation(wanted, invocation, account);
    const { version } = invocation.settings;
    return answer(reply, version, tail, account);
  },
};

/**
 * Tells what an invocation of either kind is asked for, once its headers, its payload and its target are in
 * order.
 */
export function beginInvocation(
  request: OperationRequest,
  account: EmbeddedAccount,
  types: readonly string[],
): {
  readonly type: string;
  /** Whether the end of the log is wanted. */
  readonly tail: boolean;
  readonly wanted: InvocationRequest;
  readonly invocation: HostInvocation;
} {
  const type = headerOf(request, 'x-amz-invocation-type') ?? 'RequestResponse';
  const logType = headerOf(request, 'x-amz-log-type') ?? 'None';
  new Constraints()
    .oneOf('invocationType', type, types)
    .oneOf('logType', logType, ['None', 'Tail'])
    .check();
  const wanted = readInvocation(request, account, type);
  const invocation = resolveInvocation(wanted, account);
  return { type, tail: logType === 'Tail', wanted, invocation };
}

function readInvocation(
  request: OperationRequest,
  account: EmbeddedAccount,
  type: string,
): InvocationRequest {
  const bytes = request.body.length;
  if (bytes > MAX_REQUEST_BYTES) throw tooLarge(MAX_REQUEST_BYTES);
  if (type === 'Event' && bytes > MAX_EVENT_BYTES) throw eventTooLarge(bytes, MAX_EVENT_BYTES);
  const { fn, qualifier } = account.find(request);
  return {
    fn,
    qualifier,
    requestId: request.requestId,
    clientContext: readClientContext(request),
    payload: readPayload(request.body),
  };
}

/** Tells what the caller of Invoke gets for an answer: an error where it is too long. */
export function answerTo(reply: HostReply): Pick<HostReply, 'payload' | 'functionError'> {
  const { payload, functionError } = reply;
  return payload.length > MAX_RESPONSE_BYTES
    ? { payload: responseTooLarge(payload.length), functionError: 'Unhandled' }
    : { payload, functionError };
}

/** Returns the end of the log, as both kinds of Invoke return it. */
export function tailOf(reply: HostReply, account: EmbeddedAccount): string {
  const log = account.settings.tailWithoutReport ? Buffer.concat([reply.log, CHATTER]) : reply.log;
  return log.subarray(-LOG_TAIL_BYTES).toString('base64');
}

function answer(
  reply: HostReply,
  version: string,
  tail: boolean,
  account: EmbeddedAccount,
): ServiceReply {
  const { payload, functionError } = answerTo(reply);
  return {
    status: 200,
    headers: {
      'x-amz-executed-version': version,
      ...(functionError === null ? {} : { 'x-amz-function-error': functionError }),
      ...(tail ? { 'x-amz-log-result': tailOf(reply, account) } : {}),
    },
    body: payload,
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

/** Returns the bytes as they came, once they are known to be JSON; none at all mean `{}`. */
function readPayload(body: Buffer): Buffer {
  if (body.length === 0) return Buffer.from('{}');
  try {
    const odd = invalidUtf8(body);
    if (odd !== null) throw new Error(odd);
    JSON.parse(body.toString('utf8'));
    return body;
  } catch (error) {
    throw invalidContent(
      `Could not parse request body into json: Could not parse payload into json: ${messageOf(error)}`,
    );
  }
}

function readClientContext(request: OperationRequest): string | null {
  const encoded = headerOf(request, 'x-amz-client-context');
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

function headerOf(request: OperationRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}
