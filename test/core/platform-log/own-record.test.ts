import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logObservation } from '../../../src/core/platform-log/log-observation.ts';
import { readText } from './platform-logs.ts';

const START_MS = 1_709_572_958_033;
const idOf = (index: number): string =>
  `b70435cc-261c-4438-b9b6-${String(index).padStart(12, '0')}`;

/** Every number of an invocation tells which one it is of. */
const fieldsOf = (index: number) => ({
  durationMs: index * 1000 + 1.25,
  billedMs: index * 1000 + 102,
  memorySizeMb: 512 + index,
  maxMemoryUsedMb: 64 + index,
  initMs: index * 1000 + 100.5,
});

/** Whoever has the lines as they are may have a report that a terminal broke: its next line belongs to it. */
const TELLS_EVENTS_APART = (layout: string): boolean => layout !== 'as they are';

interface Printed {
  readonly fields: readonly boolean[];
  readonly isJson: boolean;
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
  readonly before: string;
}

/** What Lambda prints of one invocation, with a line of the application before it. */
function linesOf(index: number, printed: Printed): readonly string[] {
  const { durationMs, billedMs, memorySizeMb, maxMemoryUsedMb, initMs } = fieldsOf(index);
  const kept = <T>(all: readonly T[]): readonly T[] => all.filter((_, at) => printed.fields[at]);
  const id = idOf(index);
  if (printed.isJson) {
    const metrics = Object.fromEntries(
      kept([
        ['durationMs', durationMs],
        ['billedDurationMs', billedMs],
        ['memorySizeMB', memorySizeMb],
        ['maxMemoryUsedMB', maxMemoryUsedMb],
        ['initDurationMs', initMs],
      ] as const),
    );
    const record = { requestId: id, status: 'success', metrics };
    const time = new Date(START_MS + index).toISOString();
    return [printed.before, JSON.stringify({ time, type: 'platform.report', record })];
  }
  const report = kept([
    `Duration: ${durationMs} ms`,
    `Billed Duration: ${billedMs} ms`,
    `Memory Size: ${memorySizeMb} MB`,
    `Max Memory Used: ${maxMemoryUsedMb} MB`,
    `Init Duration: ${initMs.toFixed(2)} ms`,
  ]);
  return [
    ...(printed.hasStart ? [`START RequestId: ${id} Version: $LATEST`] : []),
    printed.before,
    ...(printed.hasEnd ? [`END RequestId: ${id}`] : []),
    [`REPORT RequestId: ${id}`, ...report].join('\t') + '\t',
  ];
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** How people have the lines of a log. */
const LAYOUTS: Readonly<Record<string, (lines: readonly string[]) => string>> = {
  'as they are': (lines) => lines.join('\n'),
  'behind a time and a stream': (lines) =>
    lines.map((line) => `2024-03-04T17:22:38.033Z 2024/03/04/[$LATEST]9f1c ${line}`).join('\n'),
  'as CSV with line breaks': (lines) =>
    `timestamp,message\n${lines.map((line) => `${START_MS},${quoted(`${line}\n`)}`).join('\n')}`,
  'as CSV without line breaks': (lines) =>
    `timestamp,message\n${lines.map((line) => `${START_MS},${quoted(line)}`).join('\n')}`,
  'as CSV with the message first': (lines) =>
    `@message,@timestamp\n${lines.map((line) => `${quoted(line)},${START_MS}`).join('\n')}`,
  'as events in JSON': (lines) =>
    JSON.stringify({ events: lines.map((message) => ({ timestamp: START_MS, message })) }),
  'as rows of Logs Insights': (lines) =>
    JSON.stringify({
      results: lines.map((value) => [{ field: '@message', value }]),
      status: 'Complete',
    }),
  'as a table of Markdown': (lines) =>
    `| @timestamp | @message |\n| --- | --- |\n${lines.map((line) => `| 2024-03-04 17:22:38.033 | ${line} |`).join('\n')}`,
};

const EVERY_FIELD = fc.boolean().map((isCold) => [true, true, true, true, isCold]);
const SOME_FIELDS = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });

const printed = fc.record({
  // Lambda's reports have all of them; init is of cold starts alone.
  fields: EVERY_FIELD,
  isJson: fc.boolean(),
  hasStart: fc.boolean(),
  hasEnd: fc.boolean(),
  before: fc.constantFrom(
    'a line of the application',
    'Duration: 7 ms\tBilled Duration: 8 ms\tMemory Size: 9 MB',
    'Max Memory Used: 11 MB\tInit Duration: 12 ms',
    '{"durationMs": 13, "memorySizeMB": 14}',
    'RequestId: 0',
  ),
});

test.each(Object.entries(LAYOUTS))(
  'no number of an invocation is read from the lines of another, or of the application, where logs stand %s',
  (name, layout) => {
    const each = TELLS_EVENTS_APART(name)
      ? fc.oneof(
          printed,
          fc.tuple(printed, SOME_FIELDS).map(([one, fields]) => ({ ...one, fields })),
        )
      : printed;
    fc.assert(
      fc.property(fc.array(each, { minLength: 1, maxLength: 5 }), (invocations) => {
        const log = layout(invocations.flatMap((each, index) => linesOf(index, each)));
        for (const record of readText(log)) {
          const { requestId, ...seen } = logObservation(record);
          const index = Number(requestId?.slice(-12));
          expect(requestId).toBe(idOf(index));
          for (const [field, value] of Object.entries(fieldsOf(index))) {
            expect([null, value]).toContain(seen[field as keyof typeof seen]);
          }
        }
      }),
      { numRuns: 200 },
    );
  },
);

test.each(Object.entries(LAYOUTS))(
  'whole invocations are found where logs stand %s',
  (_, layout) => {
    const whole = {
      fields: [true, true, true, true, true],
      hasStart: true,
      hasEnd: true,
      before: 'x',
    };
    const log = layout([0, 1, 2].flatMap((index) => linesOf(index, { ...whole, isJson: false })));
    expect(readText(log).map(logObservation)).toMatchObject([0, 1, 2].map(fieldsOf));
  },
);
