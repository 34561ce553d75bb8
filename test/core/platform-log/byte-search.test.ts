import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteSearch } from '../../../src/core/platform-log/byte-search.ts';
import type { LogRecord } from '../../../src/core/platform-log/invocation-ledger.ts';
import { PlatformLogReader } from '../../../src/core/platform-log/platform-log-reader.ts';
import {
  FIXTURES,
  invocation,
  jsonInvocation,
  OTHER_SYSTEM_LINES,
  searchBytes,
  warmReport,
} from './platform-logs.ts';
import { runs } from '../../machine/long-tests.ts';

const ID = 'b70435cc-261c-4438-b9b6-efe4c8f04b21';
const OTHER_ID = 'b70435cc-261c-4438-b9b6-efe4c8f04b22';
const STAMP = '2024-03-04T17:22:38.033Z';
const FIELDS =
  'Duration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB';

/** Lines of the platform as nearly all of them are, and as some are: whoever reads these in a way of their own has to know. */
const PLATFORM_LINES = [
  ...invocation(ID).split('\n'),
  ...invocation(OTHER_ID).split('\n'),
  ...jsonInvocation(ID).split('\n'),
  ...jsonInvocation(OTHER_ID).split('\n'),
  `START RequestId: ${ID}`,
  'START RequestId: ',
  'START to work',
  `START RequestId: ${ID}x Version: 1`,
  'START RequestId: other Version: $LATEST',
  `END RequestId: ${OTHER_ID}\tand more`,
  `REPORT RequestId: ${ID}\t${FIELDS}\tInit Duration: 3.00 ms\t`,
  `REPORT RequestId: ${ID}  ${FIELDS}`,
  `REPORT RequestId: ${ID} ${FIELDS.replaceAll('\t', '    ')}`,
  `REPORT RequestId: ${ID}\t${FIELDS}\tStatus: timeout`,
  `REPORT RequestId: ${ID}\t${FIELDS}\tStatus: error\tError Type: Runtime.ExitError`,
  `REPORT RequestId: ${ID}\t${FIELDS}\tDuration: 1 ms`,
  `REPORT RequestId: ${ID}\t${FIELDS}\tRestore Duration: 5.5 ms\tBilled Restore Duration: 6 ms`,
  `REPORT RequestId: ${ID}\t${FIELDS.replace('12.34', '12.')}`,
  `REPORT RequestId: ${ID}\t${FIELDS.replace('12.34', '.34')}`,
  `REPORT RequestId: ${ID}\t${FIELDS.replace('12.34', '1.2.3')}`,
  `REPORT RequestId: ${ID}\t${FIELDS.replace('12.34', '12345678901234567.8')}`,
  `REPORT RequestId: ${ID}\t${FIELDS.replace('12.34', '0.12345678')}`,
  `REPORT RequestId: ${ID}\t${FIELDS.replace('12.34 ms', '12.34 MB')}`,
  `REPORT RequestId: ${ID}\t${FIELDS.slice(0, 40)}`,
  `REPORT RequestId: ${ID}\t${FIELDS}x`,
  'Init Duration: 3 ms',
  'Billed Duration: 6 ms',
  'Status: timeout',
  'Error Type: Runtime.ExitError',
  'EXTENSION\tName: x\tState: Ready\tEvents: [INVOKE]',
  'INIT_START Runtime Version: nodejs:24.v1\tRuntime Version ARN: arn:x',
  '\tInit Duration: 3 ms',
  `${STAMP} ${ID} Task timed out after 3.00 seconds`,
  `RequestId: ${ID} Error: Runtime exited with error: signal: killed`,
  'INIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError',
  `{"time":"${STAMP}","type":"platform.start","record":{"requestId":"${ID}","version":"$LATEST"}}`,
  `{"time":"${STAMP}","type":"platform.start","record":{"requestId":"${OTHER_ID}","version":"7"}}`,
  `{"time":"${STAMP}","type":"platform.start","record":{"requestId":"${ID}","version":"$LATEST"}`,
  `{"time":"${STAMP}","type":"platform.runtimeDone","record":{"requestId":"${ID}","status":"success"}}`,
  `{"time":"${STAMP}","type":"platform.report","record":{"requestId":"${ID}","status":"timeout","metrics":{"durationMs":3}}}`,
];

/** Lines of applications and of exports, whole, broken and behind prefixes. */
const OTHER_LINES = [
  ...OTHER_SYSTEM_LINES,
  `${STAMP}\t${ID}\tINFO\tRequestId: in a message`,
  `${STAMP}\t${ID}\tINFO\tnothing to see`,
  `[INFO]\t${STAMP}\t${ID}\tREPORT RequestId: ${ID}`,
  `1709572958033,"${warmReport(ID).trimEnd()}"`,
  `| 1709572958033 | ${warmReport(ID).trimEnd()} |`,
  `lambda-1  | ${warmReport(ID).trimEnd()}`,
  '\u001b[32mgreen\u001b[0m',
  '\u001b[3',
  '{',
  '[',
  '  "message": "x",',
  '}',
  '{"events":[',
  `{"timestamp":1,"message":"${JSON.stringify(warmReport(ID)).slice(1, -1)}"}`,
  ']}',
  '{"level":"INFO","message":"words"}',
  `{"level":"INFO","message":"RequestId: ${ID}"}`,
  '{"@requestId":"x","@duration":"3.5","@memorySize":"128000000"}',
  '["one"]',
  'words of an application',
  'timestamp,message',
  '',
];

const line = fc
  .tuple(
    fc.constantFrom('', '', '', `${STAMP} `, `${STAMP}\t`, '2024/03/04/[$LATEST]9f1c ', ' '),
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PLATFORM_LINES) },
      { weight: 3, arbitrary: fc.constantFrom(...OTHER_LINES) },
      { weight: 1, arbitrary: fc.constantFrom(...FIXTURES.map(({ text }) => text)) },
      { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
    ),
  )
  .map((parts) => parts.join(''));

/** Logs of such lines, in a few of which characters are lost, doubled or replaced. */
const log = fc
  .tuple(
    fc.array(line, { maxLength: 40 }),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.array(
      fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.constantFrom('', ' ', '\t', '0', '"', '\n')),
      {
        maxLength: 3,
      },
    ),
  )
  .map(([lines, lineEnd, edits]) => {
    const whole = lines.join(lineEnd) + lineEnd.repeat(lines.length % 2);
    return edits.reduce((before, [at, removed, added]) => {
      const place = at % (before.length + 1);
      return before.slice(0, place) + added + before.slice(place + removed);
    }, whole);
  });

function readAsText(text: string): {
  readonly records: readonly LogRecord[];
  readonly leftOut: number;
  readonly copies: number;
} {
  const reader = new PlatformLogReader();
  const records = [...reader.push(text), ...reader.end()];
  return { records, leftOut: reader.leftOut, copies: reader.copies };
}

describe('A search in the bytes of a log', () => {
  it('finds the same invocations as a reader that is given every line', () => {
    fc.assert(
      fc.property(
        log,
        fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 8 }),
        (text, lengths) => {
          const bytes = Buffer.from(text, 'latin1');
          expect(searchBytes(bytes, lengths)).toEqual(readAsText(bytes.toString('latin1')));
        },
      ),
      { numRuns: runs(4000) },
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
