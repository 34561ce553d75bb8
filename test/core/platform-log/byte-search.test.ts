import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteSearch } from '../../../src/core/platform-log/byte-search.ts';
import type { LogRecord } from '../../../src/core/platform-log/invocation-ledger.ts';
import { PlatformLogReader } from '../../../src/core/platform-log/platform-log-reader.ts';
import { FIXTURES, invocation, jsonInvocation, readText, warmReport } from './platform-logs.ts';

const ID = 'b70435cc-261c-4438-b9b6-efe4c8f04b21';

/** Lines of applications and of the platform, whole, broken and behind prefixes. */
const LINES = [
  ...FIXTURES.map(({ text }) => text),
  ...invocation(ID).split('\n'),
  ...jsonInvocation(ID).split('\n'),
  'START RequestId: other Version: $LATEST',
  `2024-03-04T17:22:38.033Z\t${ID}\tINFO\tRequestId: in a message`,
  `2024-03-04T17:22:38.033Z ${ID} Task timed out after 3.00 seconds`,
  `RequestId: ${ID} Error: Runtime exited with error: signal: killed`,
  `[INFO]\t2024-03-04T17:22:38.033Z\t${ID}\tREPORT RequestId: ${ID}`,
  'INIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError',
  'Billed Duration: 6 ms',
  '\tInit Duration: 3 ms',
  `1709572958033,"${warmReport(ID).trimEnd()}"`,
  `| 1709572958033 | ${warmReport(ID).trimEnd()} |`,
  `lambda-1  | ${warmReport(ID).trimEnd()}`,
  '\u001b[32mgreen\u001b[0m',
  '{',
  '[',
  '  "message": "x",',
  '}',
  '{"events":[',
  `{"timestamp":1,"message":"${JSON.stringify(warmReport(ID)).slice(1, -1)}"}`,
  ']}',
  'words of an application',
  'timestamp,message',
  '',
];

const log = fc
  .array(fc.oneof(fc.constantFrom(...LINES), fc.string({ maxLength: 40 })), { maxLength: 40 })
  .chain((lines) =>
    fc
      .constantFrom('\n', '\r\n')
      .map((lineEnd) => lines.join(lineEnd) + lineEnd.repeat(lines.length % 2)),
  );

function searchBytes(text: string, pieces: readonly number[]): readonly LogRecord[] {
  const bytes = Buffer.from(text, 'latin1');
  const reader = new PlatformLogReader();
  const search = new ByteSearch(reader);
  const records: LogRecord[] = [];
  for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
    const end = start + (pieces[turn % pieces.length] ?? 1);
    records.push(...search.push(bytes.subarray(start, end)));
    start = end;
  }
  return [...records, ...reader.end()];
}

describe('A search in the bytes of a log', () => {
  it('finds the same invocations as a reader that is given every line', () => {
    fc.assert(
      fc.property(
        log,
        fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 8 }),
        (text, pieces) => {
          expect(searchBytes(text, pieces)).toEqual(
            readText(Buffer.from(text, 'latin1').toString('latin1')),
          );
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('makes no text of the lines of an application', () => {
    const line = `2024-03-04T17:22:38.033Z\t${ID}\tINFO\tnothing to see\n`;
    const bytes = Buffer.from(invocation(ID, line.repeat(1000)), 'latin1');
    let characters = 0;
    const counting = new Proxy(bytes, {
      get: (target, key) => {
        if (key === 'toString') {
          return (encoding: 'latin1', start: number, end: number) => {
            characters += end - start;
            return target.toString(encoding, start, end);
          };
        }
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const reader = new PlatformLogReader();
    reader.push('a first line, which tells the layout\n');
    new ByteSearch(reader).push(counting);
    expect(reader.end()).toHaveLength(1);
    expect(characters).toBeLessThan(1000);
  });
});
