import { setTimeout as sleep } from 'node:timers/promises';

const { streamifyResponse, HttpResponseStream } = globalThis.awslambda;

export const handler = streamifyResponse(async (event, stream, context) => {
  stream.write('one ');
  await sleep(1);
  stream.write(Buffer.from('two '));
  stream.end({ id: event.id, memory: context.memoryLimitInMB });
});

export const http = streamifyResponse(async (_event, stream) => {
  const answer = HttpResponseStream.from(stream, { statusCode: 201 });
  answer.write('created');
  answer.end();
});

export const large = streamifyResponse(async ({ mb }, stream) => {
  for (let written = 0; written < mb; written += 1) stream.write(Buffer.alloc(2 ** 20, 'x'));
  stream.end();
});

export const throwsBefore = streamifyResponse(async () => {
  throw new TypeError('before the first byte');
});

export const throwsBetween = streamifyResponse(async (_event, stream) => {
  stream.write('half');
  await sleep(1);
  throw new TypeError('between two bytes');
});
