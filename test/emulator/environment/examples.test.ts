import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { locateHandler } from '../../../src/emulator/environment/handler-location.ts';
import { createProcessHost } from '../../../src/emulator/environment/process-host.ts';
import { invoke, numberOf } from './start-host.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../../examples');

async function example(name: string) {
  const folder = path.join(EXAMPLES, name);
  const handlers = [`${folder}/handler.mjs`, `${folder}/app.py`].filter((file) => existsSync(file));
  const located = await locateHandler(handlers[0] ?? folder);
  if (located.kind === 'problem') throw new Error(located.message);
  const host = await createProcessHost({ handler: located.location });
  onTestFinished(() => host.close());
  const event = JSON.parse(readFileSync(path.join(folder, 'event.json'), 'utf8')) as unknown;
  return (memoryMb: number) =>
    invoke(host, { settings: { memoryMb, version: String(memoryMb), timeoutSeconds: 60 }, event });
}

test('every example has an event and a line in the list', () => {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const list = readFileSync(path.join(EXAMPLES, 'README.md'), 'utf8');
  expect(folders.length).toBeGreaterThanOrEqual(6);
  for (const { name } of folders) {
    // Recorded functions have no handler.
    if (name === 'recorded') continue;
    expect(existsSync(path.join(EXAMPLES, name, 'event.json'))).toBe(true);
    expect(list).toContain(`](${name}/`);
  }
});

test('thumbnail scales the photo down, at the smallest size too', async () => {
  const run = await example('thumbnail');
  const { functionError, json } = await run(128);
  expect(functionError).toBeNull();
  // 1440 × 960 at a width of 400.
  expect(json).toMatchObject({ width: 400, height: 267 });
  const png = Buffer.from(String(json['png']), 'base64');
  const file = readFileSync(path.join(EXAMPLES, 'thumbnail/photo.png'));
  // Taking means keeps the mean: the law, whatever the pixels are.
  const means = [meanColour(png), meanColour(file)];
  for (const channel of [0, 1, 2]) {
    expect(means[0]?.[channel]).toBeCloseTo(means[1]?.[channel] ?? Number.NaN, 0);
  }
});

test('fetch-orders waits, whatever the size', async () => {
  const run = await example('fetch-orders');
  for (const memoryMb of [128, 1769]) {
    const { json, report } = await run(memoryMb);
    // 4 pages × 25 orders. A page: kettles (25 + 24 once and twice more: 9×1 + 8×2 + 8×3 = 49) × 1,999,
    // tea 25 × page × 450; pages 1 + 2 + 3 + 4 = 10.
    expect(json).toMatchObject({ orders: 100, totalCents: 4 * 49 * 1999 + 25 * 10 * 450 });
    // 45 + 30 + 35 + 40 ms, less a little where timers fire early.
    expect(numberOf(report, 'Duration')).toBeGreaterThan(145);
  }
});

test('report-join dies at 128 MB and is fine at 512', async () => {
  const run = await example('report-join');
  const { functionError, json } = await run(512);
  expect(functionError).toBeNull();
  expect(json).toMatchObject({ rows: 450_000 });
  const small = await run(128);
  expect(small.report).toMatchObject({ 'Error Type': 'Runtime.OutOfMemory' });
});

test('checksum-tree hashes what one thread would', async () => {
  const run = await example('checksum-tree');
  const { json } = await run(1769);
  const root = createHash('sha512');
  const bytes = new Uint32Array(2 ** 18);
  for (let block = 0; block < 48; block += 1) {
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = block + at * 4;
    root.update(createHash('sha512').update(bytes).digest('hex'));
  }
  expect(json).toEqual({ blocks: 48, threads: 2, root: root.digest('hex') });
});

test('slow-start spends its time in the init', async () => {
  const run = await example('slow-start');
  const first = await run(512);
  expect(first.json).toEqual({ rules: 700, matches: ['rule-41'] });
  // On a busy machine one answer may take long; the shortest of several is what the handler takes.
  const answersMs = [numberOf(first.report, 'Duration')];
  for (let count = 0; count < 9; count += 1) {
    answersMs.push(numberOf((await run(512)).report, 'Duration'));
  }
  expect(numberOf(first.report, 'Init Duration')).toBeGreaterThan(5 * Math.min(...answersMs));
});

test.runIf(inject('machine').python3)('word-count runs as Python', async () => {
  const run = await example('word-count');
  // "the cat saw the dog and the dog saw the cat": counted by hand.
  expect((await run(128)).json).toEqual({
    words: 11,
    commonest: [
      ['the', 4],
      ['cat', 2],
      ['saw', 2],
    ],
  });
});

describe.runIf(inject('machine').pythons.length > 0)('an example in Python', () => {
  test('plan-tour visits every place once, and shortens its tour', async () => {
    const run = await example('plan-tour');
    const { json } = await run(1769);
    const { tour, before, length } = json as { tour: number[]; before: number; length: number };
    expect(tour.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, at) => at));
    // By the law that the event names, and Euclid.
    const place = (at: number) => [(at * 0.7548776662) % 1, (at * at * 0.7548776662) % 1] as const;
    const sum = tour.reduce((rest, at, index) => {
      const [x, y] = place(at);
      const [fromX, fromY] = place(tour.at(index - 1) ?? 0);
      return rest + Math.hypot(x - fromX, y - fromY);
    }, 0);
    expect(length).toBeCloseTo(sum, 2);
    expect(length).toBeLessThan(before);
  });

  test('scan-table waits, whatever the size, and answers a decimal', async () => {
    const run = await example('scan-table');
    for (const memoryMb of [128, 1769]) {
      const { text, report, log } = await run(memoryMb);
      // 4 pages with 5 kettles each: 20 × 19.99.
      expect(text).toBe('{"sku": "kettle", "ordered": 20, "total": 399.80}');
      // 45 + 30 + 35 + 40 ms.
      expect(numberOf(report, 'Duration')).toBeGreaterThan(145);
      expect(log).toMatch(/\[INFO\]\t.*\tpage 4 read, \d+ ms left/);
    }
  });

  test('group-sales dies at 128 MB and is fine at 512', async () => {
    const run = await example('group-sales');
    // 120,000 ÷ 40 shops are 3,000 sales of the last one, at 139 cents, on every fifth day: 40 and 365 share 5.
    expect((await run(512)).json).toEqual({
      sales: 120_000,
      shops: 40,
      best: { shop: 'shop-39', cents: 3000 * 139, days: 365 / 5 },
    });
    expect((await run(128)).report).toMatchObject({ 'Error Type': 'Runtime.OutOfMemory' });
  });
});

/** The mean of each channel of an 8-bit RGB PNG; undoes its filters as the PNG specification (9.2) says. */
function meanColour(png: Buffer): readonly number[] {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * 3;
  const sums = [0, 0, 0];
  let above = new Uint8Array(stride);
  for (let row = 0; row < height; row += 1) {
    // Both files use filter 2 (Up) only.
    expect(raw[row * (stride + 1)]).toBe(2);
    const line = raw.subarray(row * (stride + 1) + 1, (row + 1) * (stride + 1));
    above = above.map((up, index) => up + (line[index] ?? 0));
    above.forEach((value, index) => (sums[index % 3] = (sums[index % 3] ?? 0) + value));
  }
  return sums.map((sum) => sum / (width * height));
}
