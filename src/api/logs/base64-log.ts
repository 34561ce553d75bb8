/** Base64 from the first byte on, or behind what the AWS CLI prints before it in text: a version, and an error. */
const ENCODED = /^(?:[$\w]{1,12}\t){0,2}"?([A-Za-z0-9+/]{40})/;
/** Text, or what begins as gzip does. */
const DECODED = /^(?:[\t\n\r -~]+$|\x1f\x8b\x08)/; // eslint-disable-line no-control-regex -- gzip's first bytes
/** The events with which CloudWatch Logs hands on what it packed: to Lambda, from Kinesis and from Firehose. */
const PACKED_EVENT = /^\s*\{\s*"(?:awslogs|Records|invocationId)"\s*:/;
const PACKED = /"[Dd]ata"\s*:\s*"(H4sI[A-Za-z0-9+/]+=*)"/g;
const SHORTEST = 40;
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Tells whether a log is base64, as `aws lambda invoke … --query LogResult --output text` prints it, or an event
 * whose records are.
 *
 * @param head its first bytes
 */
export function holdsBase64(head: Buffer): boolean {
  const text = head.toString('latin1');
  const encoded = ENCODED.exec(text)?.[1];
  if (encoded === undefined) return PACKED_EVENT.test(text);
  // A digest or an id of a container is of these characters, too.
  return DECODED.test(Buffer.from(encoded, 'base64').toString('latin1'));
}

/**
 * Decodes such a log, one line or record after another.
 *
 * @throws {Error} for more than is kept in memory at once
 */
export async function* decodeBase64Log(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const text = await readWhole(bytes);
  const records = PACKED_EVENT.test(text)
    ? [...text.matchAll(PACKED)].map(([, record = '']) => record)
    : encodedLines(text);
  yield records.length === 0
    ? Buffer.from(text, 'latin1')
    : Buffer.concat(records.map((record) => Buffer.from(record, 'base64')));
}

async function readWhole(bytes: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > MAX_BYTES) throw new Error('more than 256 MiB of base64; decode it first');
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces).toString('latin1');
}

/** The base64 of each line. Where it goes on in the next, as `base64` folds it, the last one may be short. */
function encodedLines(text: string): readonly string[] {
  let goesOn = false;
  return text.split('\n').flatMap((line) => {
    const words = line.match(/[A-Za-z0-9+/]+=*/g) ?? [];
    const longest = words.toSorted((a, b) => b.length - a.length)[0] ?? '';
    if (longest.length < SHORTEST && !goesOn) return [];
    goesOn = longest.length >= SHORTEST && !longest.endsWith('=');
    return [longest];
  });
}
