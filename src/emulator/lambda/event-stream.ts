import { crc32 } from 'node:zlib';

/** Lengths and a checksum before the headers, a checksum at the end. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
/** The type of a header whose value is text. */
const TEXT = 7;

/**
 * One event as `application/vnd.amazon.eventstream` frames it: total length, length of the headers, their
 * checksum, headers, payload, checksum ("Event stream encoding", Amazon Transcribe Developer Guide, and the
 * Smithy specification of amazon-event-stream, 2026-11).
 */
export function eventStreamMessage(
  eventType: string,
  contentType: string,
  payload: Buffer,
): Buffer {
  const headers = Buffer.concat(
    Object.entries({
      ':event-type': eventType,
      ':content-type': contentType,
      ':message-type': 'event',
    }).map(([name, value]) => header(name, value)),
  );
  const total = PRELUDE_BYTES + headers.length + payload.length + CHECKSUM_BYTES;
  const prelude = Buffer.alloc(PRELUDE_BYTES);
  prelude.writeUInt32BE(total, 0);
  prelude.writeUInt32BE(headers.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const message = Buffer.concat([prelude, headers, payload, Buffer.alloc(CHECKSUM_BYTES)]);
  message.writeUInt32BE(crc32(message.subarray(0, -CHECKSUM_BYTES)), total - CHECKSUM_BYTES);
  return message;
}

function header(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([TEXT]),
    length,
    Buffer.from(value),
  ]);
}
