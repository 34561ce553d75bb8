import type { InvokeCommand } from '@aws-sdk/client-lambda';

/** The payload of an error is a few lines long. The rest of a longer one helps nobody. */
const MOST_ERROR_BYTES = 2 ** 20;

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  body: unknown;
}

/**
 * Discards the body of an answer while it arrives, unless the function failed. Nobody reads what the function
 * returned, and the SDK would hold up to 6 MB for each of many invocations.
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
    // This step is nearest to the connection, before the SDK collects the body.
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
