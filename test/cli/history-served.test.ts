import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { scratch, start, type Running } from './powerdial.ts';

/** `powerdial history` as a process of its own, against `powerdial serve --logs` as another: nothing but the wire between them. */

const { file, remove } = scratch();
afterAll(remove);

/** Of a day ago, so that the default window holds it. */
const AT = new Date(Date.now() - 86_400_000).toISOString();

function report(id: number, ms: number, end = ''): string {
  return `${AT} REPORT RequestId: 4ce9340a-b765-490f-ad8a-02ab3415e${id}\tDuration: ${ms}.00 ms\tBilled Duration: ${ms} ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t${end}\n`;
}

/** Twenty calls of 100 ms, twenty of 200 ms, and one that was cut off at 3 s. */
const LOG = [
  ...Array.from({ length: 20 }, (_, index) => report(100 + index, 100)),
  ...Array.from({ length: 20 }, (_, index) => report(200 + index, 200)),
  report(300, 3000, 'Status: timeout'),
].join('');

let serving: Running;
let env: Readonly<Record<string, string>>;

beforeEach(async () => {
  serving = start(['serve', '--logs', `orders=${file('orders.log', LOG)}`]);
  const told = JSON.parse(await serving.firstLine) as {
    readonly lambda: string;
    readonly logs: string;
  };
  env = {
    AWS_ENDPOINT_URL_LAMBDA: told.lambda,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: told.logs,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
  };
}, 60_000);

afterEach(async () => {
  serving.kill('SIGTERM');
  await serving.ended;
});

interface Answer {
  readonly functions: readonly {
    readonly function: string;
    readonly problem: string | null;
    readonly history: {
      readonly invocations: number;
      readonly risks: readonly string[];
      readonly sizes: readonly Readonly<Record<string, unknown>>[];
    } | null;
  }[];
  readonly spent: { readonly by: string; readonly rows: number };
}

test(
  'powerdial history tells the same of a log behind powerdial serve by queries and by events',
  { timeout: 120_000 },
  async () => {
    const told = await Promise.all(
      ['insights', 'events'].map(async (by) => {
        const args = ['history', 'orders', 'nobody', '--by', by, '--json'];
        const { code, stdout, stderr, left } = await start(args, { env }).ended;
        expect({ code, left }, stderr).toEqual({ code: 0, left: [] });
        return JSON.parse(stdout) as Answer;
      }),
    );
    for (const { functions } of told) {
      const [orders, nobody] = functions;
      expect(orders?.history).toMatchObject({ invocations: 41, risks: ['timeouts'] });
      expect(orders?.history?.sizes).toMatchObject([
        {
          memoryMb: 512,
          invocations: 41,
          // The one that was cut off is billed and counted, and is in no duration.
          timeouts: 1,
          errors: null,
          durationMs: { mean: 150, p50: 100, p95: 200, max: 200 },
          maxMemoryUsedMb: 90,
          // 9 s × 0.5 GB × 0.0000166667 USD and 41 requests × 0.20 USD per million ("AWS Lambda pricing", 2026-11).
          usd: expect.closeTo(8.32e-5, 9) as number,
        },
      ]);
      expect(nobody).toMatchObject({ function: 'nobody', history: null });
      expect(nobody?.problem).toContain('/aws/lambda/nobody');
    }
    expect(told.map(({ spent }) => spent.by)).toEqual(['insights', 'events']);
    // Two durations and the one that was cut off; by events each report is a row.
    expect(told.map(({ spent }) => spent.rows)).toEqual([3, 41]);
  },
);
