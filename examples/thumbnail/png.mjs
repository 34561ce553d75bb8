import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const CHANNELS = 3;

/**
 * Reads a PNG of 8-bit RGB without interlacing, which is what most cameras' photos are saved as.
 * Returns { width, height, pixels }, three bytes a pixel.
 */
export function decodePng(file) {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error('Not a PNG file.');
  let width = 0;
  let height = 0;
  const data = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      width = body.readUInt32BE(0);
      height = body.readUInt32BE(4);
      if (body[8] !== 8 || body[9] !== 2 || body[12] !== 0) {
        throw new Error('Only 8-bit RGB without interlacing is read here.');
      }
    } else if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  // One piece of the right size: the default would hold the whole image twice.
  const rawBytes = (width * CHANNELS + 1) * height;
  const raw = inflateSync(Buffer.concat(data), { chunkSize: rawBytes + 1 });
  return { width, height, pixels: unfilter(raw, width, height) };
}

/** Undoes the prediction of each row, in place: the rows move up over the bytes that named their filter. */
function unfilter(raw, width, height) {
  const stride = width * CHANNELS;
  for (let row = 0; row < height; row += 1) {
    const from = row * (stride + 1);
    const to = row * stride;
    const filter = raw[from];
    for (let i = 0; i < stride; i += 1) {
      const left = i >= CHANNELS ? raw[to + i - CHANNELS] : 0;
      const up = row > 0 ? raw[to + i - stride] : 0;
      const upLeft = row > 0 && i >= CHANNELS ? raw[to + i - stride - CHANNELS] : 0;
      raw[to + i] = raw[from + 1 + i] + predict(filter, left, up, upLeft);
    }
  }
  return raw.subarray(0, stride * height);
}

function predict(filter, left, up, upLeft) {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    default: {
      const guess = left + up - upLeft;
      const a = Math.abs(guess - left);
      const b = Math.abs(guess - up);
      const c = Math.abs(guess - upLeft);
      if (a <= b && a <= c) return left;
      return b <= c ? up : upLeft;
    }
  }
}

/** Writes an image as PNG, each row as the difference to the one above. */
export function encodePng({ width, height, pixels }) {
  const stride = width * CHANNELS;
  const raw = Buffer.alloc((stride + 1) * height);
  for (let row = 0; row < height; row += 1) {
    raw[row * (stride + 1)] = 2;
    for (let i = 0; i < stride; i += 1) {
      const up = row > 0 ? pixels[(row - 1) * stride + i] : 0;
      raw[row * (stride + 1) + 1 + i] = pixels[row * stride + i] - up;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, body) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length, 0);
  head.write(type, 4, 'latin1');
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), body])), 0);
  return Buffer.concat([head, body, check]);
}
