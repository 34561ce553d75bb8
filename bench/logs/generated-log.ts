import { type Random, seededRandom } from '../../src/contract/shared/random.ts';

const MEMORY_MB = [128, 512, 1024];

/** Lines of an application behind Lambda's Node runtime, with everything that differs from line to line. */
const LINES: readonly ((draw: Random) => string)[] = [
  (draw) => `processing order ${whole(draw, 1e6)} of customer ${hex(draw, 10)}`,
  (draw) => `GET https://api.example.com/v1/items/${hex(draw, 12)} 200 ${whole(draw, 400)} ms`,
  (draw) =>
    `{"event":"cache","key":"${hex(draw, 16)}","hit":${String(draw() < 0.7)},"sizeBytes":${whole(draw, 9000)}}`,
  (draw) => `validated ${whole(draw, 40)} rows, ${whole(draw, 3)} warnings`,
  (draw) =>
    `stored s3://example-bucket/2024/03/04/${hex(draw, 20)}.json (${whole(draw, 90_000)} bytes)`,
  () => 'done, waiting for the next message',
  (draw) =>
    `query took ${(draw() * 90).toFixed(2)} ms: SELECT id, total FROM orders WHERE customer = $1 LIMIT 50`,
];

/** Words of longer lines; some begin as words of the platform do, which a search must not stumble over. */
const WORDS =
  'reading the Request of order in Region eu-west-1 with Retry 3 of 5, Task done in INFO {"ok":true} at https://api.example.com/v1 report'.split(
    ' ',
  );
const SPARSE_LINES = 97;
const SPARSE_LINE_BYTES = 200;

/** Whole invocations of ten lines, up to about `bytes` in all; the same every time. */
export function* textLog(bytes: number): Generator<string> {
  const draw = seededRandom(20_240_304);
  yield* chunks(bytes, (atMs) => textInvocation(draw, (id) => managedLines(draw, atMs, id)));
}

/** Returns whole invocations without a runtime's timestamps and tabs, as `print` writes in Python. */
export function* plainLog(bytes: number): Generator<string> {
  const draw = seededRandom(20_240_304);
  yield* chunks(bytes, () => textInvocation(draw, () => LINES.map((line) => `${line(draw)}\n`)));
}

/** Whole invocations of a hundred lines, the application's of 200 bytes each. */
export function* sparseLog(bytes: number): Generator<string> {
  const draw = seededRandom(20_240_304);
  yield* chunks(bytes, (atMs) =>
    textInvocation(draw, (id) =>
      Array.from({ length: SPARSE_LINES }, (_, index) => {
        let line = `${new Date(atMs + index).toISOString()}\t${id}\tINFO\t`;
        while (line.length < SPARSE_LINE_BYTES) {
          line += `${WORDS[whole(draw, WORDS.length)] ?? ''} ${hex(draw, 6)} `;
        }
        return `${line.slice(0, SPARSE_LINE_BYTES - 1)}\n`;
      }),
    ),
  );
}

function managedLines(draw: Random, atMs: number, id: string): readonly string[] {
  return LINES.map(
    (line, index) => `${new Date(atMs + index).toISOString()}\t${id}\tINFO\t${line(draw)}\n`,
  );
}

function textInvocation(draw: Random, linesOf: (id: string) => readonly string[]): string {
  const id = uuid(draw);
  const lines = linesOf(id);
  const { durationMs, billedMs, memoryMb, usedMb, initMs } = invocation(draw);
  const init = initMs === null ? '' : `Init Duration: ${initMs.toFixed(2)} ms\t`;
  return `START RequestId: ${id} Version: $LATEST\n${lines.join('')}END RequestId: ${id}\nREPORT RequestId: ${id}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${billedMs} ms\tMemory Size: ${memoryMb} MB\tMax Memory Used: ${usedMb} MB\t${init}\n`;
}

/** Returns the same invocations in Lambda's JSON format. */
export function* jsonLog(bytes: number): Generator<string> {
  const draw = seededRandom(20_240_304);
  yield* chunks(bytes, (atMs) => {
    const requestId = uuid(draw);
    const event = (type: string, record: object): string =>
      `${JSON.stringify({ time: new Date(atMs).toISOString(), type: `platform.${type}`, record })}\n`;
    const lines = LINES.map((line, index) => {
      const timestamp = new Date(atMs + index).toISOString();
      return `${JSON.stringify({ timestamp, level: 'INFO', requestId, message: line(draw) })}\n`;
    });
    const { durationMs, billedMs, memoryMb, usedMb, initMs } = invocation(draw);
    const metrics = {
      durationMs,
      billedDurationMs: billedMs,
      memorySizeMB: memoryMb,
      maxMemoryUsedMB: usedMb,
      ...(initMs === null ? {} : { initDurationMs: initMs }),
    };
    return `${event('start', { requestId, version: '$LATEST' })}${lines.join('')}${event('report', { requestId, metrics, status: 'success' })}`;
  });
}

function* chunks(bytes: number, next: (atMs: number) => string): Generator<string> {
  let atMs = Date.UTC(2024, 2, 4);
  for (let written = 0; written < bytes;) {
    let chunk = '';
    while (chunk.length < 256 * 1024) {
      chunk += next(atMs);
      atMs += 100;
    }
    yield chunk;
    written += chunk.length;
  }
}

function invocation(draw: Random): {
  readonly durationMs: number;
  readonly billedMs: number;
  readonly memoryMb: number;
  readonly usedMb: number;
  readonly initMs: number | null;
} {
  const memoryMb = MEMORY_MB[whole(draw, MEMORY_MB.length)] ?? 512;
  // A long tail, as durations have.
  const durationMs = Math.round(((20 / (1 - draw() * 0.999)) * 51200) / memoryMb) / 100;
  const initMs = draw() < 0.01 ? Math.round(draw() * 50_000) / 100 : null;
  const billedMs = Math.ceil(durationMs + (initMs ?? 0));
  return { durationMs, billedMs, memoryMb, usedMb: 60 + whole(draw, 60), initMs };
}

function whole(draw: Random, below: number): number {
  return Math.floor(draw() * below);
}

function hex(draw: Random, digits: number): string {
  let text = '';
  while (text.length < digits) {
    text += Math.floor(draw() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  return text.slice(0, digits);
}

function uuid(draw: Random): string {
  const digits = hex(draw, 32);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
}
