import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findReport } from '../../../src/core/platform-log/find-report.ts';
import { logObservation } from '../../../src/core/platform-log/log-observation.ts';
import {
  FIXTURES,
  invocation,
  jsonInvocation,
  OTHER_SYSTEM_LINES,
  readChunks,
  readText,
} from './platform-logs.ts';
import { runs } from '../../machine/long-tests.ts';

const ID = 'b70435cc-261c-4438-b9b6-efe4c8f04b21';

/** Pieces of real logs and of their exports, whole and broken. */
const PIECES = [
  ...FIXTURES.map(({ text }) => text),
  ...OTHER_SYSTEM_LINES,
  invocation(ID),
  jsonInvocation(ID),
  '2024-03-04T17:22:38.033Z ',
  '2024/03/04/[$LATEST]9f1c ',
  'EVENTS\t1709572958033\t',
  '1709572958033,"',
  '{"timestamp":1,"message":"REPORT RequestId: x\\tDuration: 1 ms\\n"}',
  '{"events":[{"timestamp":1,"message":"',
  '{"messageType":"DATA_MESSAGE","logEvents":[',
  '[{"@message":"END RequestId: x"}',
  '["',
  '{""time"":""',
  '"platform.report"',
  'timestamp,message\n',
  '@message\n',
  '@requestId,@duration,@maxMemoryUsed\n',
  '| @timestamp | @message |\n',
  '| ',
  ' |',
  'events:\n',
  '- eventId: x\n  message: "',
  '- - field: "@duration"\n    value: 3\n',
  '\u001b[32m',
  '\u001b[',
  'lambda-1  | ',
  '[orders] 10:00:00 AM ',
  '[START] RequestId: x\n',
  '{"LogResult":"U1RB',
  ',',
  ';',
  '\n',
  '\r\n',
  '\t',
  '\\',
  '"',
  '{',
  '}',
  ']',
  'Duration:',
  'ms',
  '\u0000',
  'é',
  '💥',
];

const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('\n')),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

/** Real text with characters taken out, doubled, or replaced. */
const mutated = fc
  .tuple(
    text,
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        remove: fc.integer({ min: 0, max: 6 }),
        insert: fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom(...PIECES)),
      }),
      { maxLength: 6 },
    ),
  )
  .map(([start, edits]) =>
    edits.reduce((before, { at, remove, insert }) => {
      const place = Math.floor(at * before.length);
      return before.slice(0, place) + insert + before.slice(place + remove);
    }, start),
  );

describe('any input', () => {
  it('is read without a throw, and gives values of their types', () => {
    fc.assert(
      fc.property(mutated, (log) => {
        for (const record of readText(log)) {
          const { requestId, cold, outcome, errorType, ...numbers } = logObservation(record);
          expect(requestId).toBeTypeOf('string');
          expect([true, false, null]).toContain(cold);
          expect(['ok', 'error', 'timeout', 'out-of-memory']).toContain(outcome);
          expect(errorType === null || errorType.length > 0).toBe(true);
          for (const number of Object.values(numbers)) {
            expect(number === null || (Number.isFinite(number) && number >= 0)).toBe(true);
          }
        }
        const { report } = findReport(log, ID);
        if (report !== null) expect(report).toMatchObject({ requestId: ID });
      }),
      { numRuns: runs(1500) },
    );
  });

  it('gives the same invocations, however it is cut into chunks', () => {
    fc.assert(
      fc.property(
        mutated,
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }),
        (log, sizes) => {
          const chunks: string[] = [];
          for (let start = 0, turn = 0; start < log.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            chunks.push(log.slice(start, start + size));
            start += size;
          }
          expect(readChunks(chunks)).toEqual(readText(log));
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  it('loses no invocation to what is printed around whole ones', () => {
    const noise = fc
      .string({ unit: 'binary', maxLength: 60 })
      .map((line) => line.replaceAll('\n', ' '));
    fc.assert(
      fc.property(
        fc.array(noise, { maxLength: 8 }),
        fc.array(noise, { maxLength: 8 }),
        (inside, around) => {
          const log = `${around.join('\n')}\n${invocation(ID, inside.map((line) => `${line}\n`).join(''))}${around.join('\n')}`;
          expect(readText(log).map(({ report }) => report.requestId)).toContain(ID);
          expect(findReport(log, ID).report?.durationMs).toBe(12.34);
        },
      ),
      { numRuns: runs(500) },
    );
  });
});

describe('time', () => {
  // Each of these takes minutes or hours of the processor once something in it is quadratic or worse.
  // What others do on the machine meanwhile is in the clock's time, but not in the processor's.
  const MOST_PROCESSOR_SECONDS = 20;

  it.each<[string, string]>([
    ['spaces', ' '.repeat(1_000_000)],
    ['spaces in a report', `REPORT RequestId: ${' '.repeat(1_000_000)}x`],
    ['words in a report', `REPORT RequestId: x ${'Duration '.repeat(100_000)}`],
    ['fields in a report', `REPORT RequestId: x ${'Duration: 1 ms '.repeat(100_000)}`],
    ['an error type of many words', `REPORT RequestId: x Error Type: ${'a '.repeat(500_000)}`],
    ['beginnings of reports', 'REPORT RequestId: x\n'.repeat(50_000)],
    ['reports with one field', 'REPORT RequestId: x Duration: 1 ms\n'.repeat(50_000)],
    ['reports that go on for ever', `REPORT RequestId: x\n${'Duration:\n'.repeat(100_000)}`],
    ['line ends', '\n'.repeat(1_000_000)],
    ['braces', '{'.repeat(1_000_000)],
    ['colours', '\u001b[32m'.repeat(200_000)],
    ['columns', `@message,@timestamp\n${','.repeat(1_000_000)}`],
    ['quotes in columns', `@message,@timestamp\n${'"'.repeat(1_000_000)}`],
    ['cells', `| @timestamp | @message |\n${'|'.repeat(1_000_000)}`],
    ['folded text', `events:\n- message: "${'x\n'.repeat(200_000)}`],
    ['prefixes', `${'[a] '.repeat(250_000)}START RequestId: x\n`],
    ['lines behind prefixes', `[${'a '.repeat(1000)}] START RequestId: x\n`.repeat(500)],
    ['lines of braces', '{\n'.repeat(300_000)],
    ['brackets', '['.repeat(1_000_000)],
    ['lists in JSON', `{"type":"platform.report","record":${'['.repeat(400_000)}`],
    ['words of the platform on one line', `{${'"platform. RequestId: '.repeat(50_000)}`],
    ['such lines', '{"platform. RequestId: \n'.repeat(50_000)],
    ['backslashes', `{"events":[{"message":"${'\\'.repeat(1_000_000)}`],
    ['quotes', `["${'"'.repeat(1_000_000)}`],
    ['timestamps', '2024-03-04T17:22:38.033Z '.repeat(40_000)],
    ['digits', '1'.repeat(1_000_000)],
    [
      'starts that never end',
      Array.from({ length: 40_000 }, (_, id) => `START RequestId: ${id} x\n`).join(''),
    ],
    [
      'ends that never started',
      Array.from({ length: 40_000 }, (_, id) => `END RequestId: ${id}\n`).join(''),
    ],
  ])('is linear in %s', (_, log) => {
    const start = process.cpuUsage();
    readText(log);
    findReport(log, 'x');
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(MOST_PROCESSOR_SECONDS);
  });
});
