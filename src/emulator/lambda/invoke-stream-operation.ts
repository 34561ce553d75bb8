import type { ServiceReply } from '../services/service-reply.ts';
import { eventStreamMessage } from './event-stream.ts';
import type { HostReply } from './function-host.ts';
import { runInvocation } from './invocation.ts';
import { answerTo, beginInvocation, tailOf } from './invoke-operation.ts';
import type { Operation } from './operation.ts';

const CHUNK_BYTES = 128 * 1024;

/**
 * Invoke, with the answer as a stream of events. They are sent once the function has ended: what a caller
 * gets is whole and in order, and not the moment at which each chunk was written.
 */
export const INVOKE_STREAM_OPERATION: Operation = {
  name: 'InvokeWithResponseStream',
  method: 'POST',
  path: '/2021-11-15/functions/{FunctionName}/response-streaming-invocations',
  action: 'InvokeFunction',
  run: async (request, account) => {
    const types = ['RequestResponse', 'DryRun'];
    const { type, tail, wanted, invocation } = beginInvocation(request, account, types);
    if (type === 'DryRun') return { status: 204 };
    const reply = await runInvocation(wanted, invocation, account);
    const { version } = invocation.settings;
    return streamOf(reply, version, tail ? tailOf(reply, account) : null);
  },
};

function streamOf(reply: HostReply, version: string, logResult: string | null): ServiceReply {
  const { payload, functionError } = answerTo(reply);
  const failed = functionError !== null && reply.stream?.isWhole !== true;
  const body = reply.stream?.body ?? (failed ? Buffer.alloc(0) : payload);
  const events: Buffer[] = [];
  for (let from = 0; from < body.length; from += CHUNK_BYTES) {
    const chunk = body.subarray(from, from + CHUNK_BYTES);
    events.push(eventStreamMessage('PayloadChunk', 'application/octet-stream', chunk));
  }
  const end = {
    ...(failed ? { ErrorCode: errorTypeOf(payload), ErrorDetails: payload.toString() } : {}),
    ...(logResult === null ? {} : { LogResult: logResult }),
  };
  events.push(
    eventStreamMessage('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(end))),
  );
  return {
    status: 200,
    headers: {
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amz-executed-version': version,
    },
    body: Buffer.concat(events),
  };
}

function errorTypeOf(payload: Buffer): string {
  const { errorType } = JSON.parse(payload.toString()) as { readonly errorType?: unknown };
  return typeof errorType === 'string' ? errorType : 'Unhandled';
}
