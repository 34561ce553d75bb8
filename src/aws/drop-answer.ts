import type { InvokeCommand } from '@aws-sdk/client-lambda';

/** An error's payload is a few lines; one that is longer is of no more use. */
const MOST_ERROR_BYTES = 2 ** 20;

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  body: unknown;
}

/**
 * Lets an answer go by as it comes, unless the function failed: nobody reads what it returned, and of many
 * invocations at once the SDK would hold 6 MB each.
 */
export function dropAnswer(command: InvokeCommand): void {
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const answer = result.response as HttpAnswer;
      if (answer.statusCode === 200) {
        const failed = answer.headers['x-amz-function-error'] !== undefined;
        answer.body = await drain(
          answer.body as AsyncIterable<Buffer>,
          failed ? MOST_ERROR_BYTES : 0,
        );
      }
      return result;
    },
    // Nearest to the connection: before the SDK collects the body.
    { step: 'deserialize', priority: 'low', name: 'dropAnswer', override: true },
  );
}

/** Reads a stream to its end and keeps its beginning. */
async function drain(body: AsyncIterable<Buffer>, keptBytes: number): Promise<Uint8Array> {
  const kept: Buffer[] = [];
  let left = keptBytes;
  for await (const chunk of body) {
    if (left <= 0) continue;
    kept.push(chunk.subarray(0, left));
    left -= chunk.length;
  }
  return Buffer.concat(kept);
}
