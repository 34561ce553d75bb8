import { describe, expect, it } from 'vitest';
import { logObservation } from '../../../src/core/platform-log/log-observation.ts';
import { NO_REPLY, outcomeOf } from '../../../src/core/platform-log/outcome-of.ts';
import { invocation, jsonInvocation, readText, reportsIn, warmReport } from './platform-logs.ts';

const IDS = [1, 2, 3].map((number) => `aaaaaaaa-0000-4000-8000-00000000000${number}`);
const STREAM = '2024/03/04/[$LATEST]9f1c2e7a0b5d4c3f8e6a7b9c0d1e2f3a';

/** Three invocations, one event each line or lines: the first timed out in the old style, the second used X-Ray. */
function events(format: 'text' | 'json'): readonly string[] {
  const [first = '', second = '', third = ''] = IDS;
  const text =
    invocation(first, `2024-03-04T17:22:38.033Z ${first} Task timed out after 3.00 seconds\n`) +
    invocation(second, `2024-03-04T17:22:38.033Z\t${second}\tINFO\thello, "world" {}\n`) +
    'XRAY TraceId: 1-6ac7\tSegmentId: 2d54\tSampled: true\t\n' +
    invocation(third);
  const json = IDS.map((id) =>
    jsonInvocation(id, '{"level":"INFO","message":"a \\"b\\" c"}\n'),
  ).join('');
  const lines = (format === 'text' ? text : json).trimEnd().split('\n');
  // X-Ray's line is the second one of its event.
  return lines
    .join('\n')
    .replace('\nXRAY', '\u0000XRAY')
    .split('\n')
    .map((line) => `${line.replace('\u0000', '\n')}\n`);
}

const TIME = '2024-03-04T17:22:38.033Z';
const EPOCH = 1_709_572_958_033;

const wrapped = (message: string): object => ({
  logStreamName: STREAM,
  timestamp: EPOCH,
  message,
  ingestionTime: EPOCH + 7,
  eventId: '37964812345678901234567890123456789012345678901234567890',
});
const got = (message: string): object => ({ timestamp: EPOCH, message, ingestionTime: EPOCH + 7 });
const delivered = (messages: readonly string[]): object => ({
  messageType: 'DATA_MESSAGE',
  owner: '123456789012',
  logGroup: '/aws/lambda/my-fn',
  logStream: STREAM,
  subscriptionFilters: ['all'],
  logEvents: messages.map((message, id) => ({ id: String(id), timestamp: EPOCH, message })),
});
const csv = (text: string): string =>
  /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const EXPORTS: readonly (readonly [string, (messages: readonly string[]) => string])[] = [
  ['the log itself', (messages) => messages.join('')],
  ['an export to S3', (messages) => messages.map((text) => `${TIME} ${text}`).join('')],
  [
    'aws logs tail',
    (messages) =>
      messages.map((text) => `2024-03-04T17:22:38.033000+00:00 ${STREAM} ${text}`).join(''),
  ],
  [
    'aws logs tail of a shared group',
    (messages) =>
      messages
        .map(
          (text) => `2024-03-04T17:22:38.033000+00:00 2024/03/04/my-fn[$LATEST][9f1c2e7a] ${text}`,
        )
        .join(''),
  ],
  [
    'aws logs tail --format short',
    (messages) => messages.map((text) => `2024-03-04T17:22:38 ${text}`).join(''),
  ],
  [
    'sam logs',
    (messages) => messages.map((text) => `${STREAM} 2024-03-04T17:22:38.033000 ${text}`).join(''),
  ],
  [
    'awslogs',
    (messages) => messages.map((text) => `/aws/lambda/my-fn ${STREAM} ${TIME} ${text}`).join(''),
  ],
  ['a time of day', (messages) => messages.map((text) => `17:22:38 ${text}`).join('')],
  [
    'a date and a time',
    (messages) => messages.map((text) => `2024-03-04 17:22:38.033 ${text}`).join(''),
  ],
  [
    'filter-log-events --output text',
    (messages) =>
      messages
        .map(
          (text) =>
            `EVENTS\t37964812345678901234567890123456789012345678901234567890\t${EPOCH}\t${STREAM}\t${text}\t${EPOCH}\n`,
        )
        .join(''),
  ],
  [
    'get-log-events --output text',
    (messages) => messages.map((text) => `EVENTS\t${EPOCH}\t${text}\t${EPOCH}\n`).join(''),
  ],
  ['its messages only', (messages) => messages.join('\t')],
  [
    'CSV of the console',
    (messages) =>
      `timestamp,message\n${messages.map((text) => `${EPOCH},${csv(text)}\n`).join('')}`,
  ],
  [
    'CSV of Logs Insights',
    (messages) =>
      `@timestamp,@message\n${messages.map((text) => `2024-03-04 17:22:38.033,${csv(text)}\n`).join('')}`,
  ],
  [
    'filter-log-events',
    (messages) =>
      JSON.stringify({ events: messages.map(wrapped), searchedLogStreams: [] }, null, 4),
  ],
  [
    'filter-log-events on one line',
    (messages) => JSON.stringify({ events: messages.map(wrapped), nextToken: 'x' }),
  ],
  [
    'get-log-events',
    (messages) => JSON.stringify({ events: messages.map(got), nextForwardToken: 'f/1' }, null, 4),
  ],
  [
    'several pages',
    (messages) =>
      messages.map((text) => `${JSON.stringify({ events: [wrapped(text)] }, null, 2)}\n`).join(''),
  ],
  ['--query events', (messages) => JSON.stringify(messages.map(wrapped), null, 4)],
  ["--query 'events[].message'", (messages) => JSON.stringify(messages, null, 4)],
  [
    'one event a line',
    (messages) => messages.map((text) => `${JSON.stringify(wrapped(text))}\n`).join(''),
  ],
  [
    'time and message a line',
    (messages) =>
      messages.map((text) => `${JSON.stringify({ timestamp: EPOCH, message: text })}\n`).join(''),
  ],
  ['a subscription', (messages) => JSON.stringify(delivered(messages))],
  [
    'Firehose, with nothing between',
    (messages) => messages.map((text) => JSON.stringify(delivered([text]))).join(''),
  ],
  [
    'Logs Insights',
    (messages) =>
      JSON.stringify(
        messages.map((text) => ({ '@timestamp': TIME, '@message': text })),
        null,
        2,
      ),
  ],
  [
    'get-query-results',
    (messages) =>
      JSON.stringify({
        results: messages.map((value) => [
          { field: '@timestamp', value: TIME },
          { field: '@message', value },
        ]),
        status: 'Complete',
      }),
  ],
  ...['  |  ', ' | '].map((bar): (typeof EXPORTS)[number] => [
    `docker compose, with "${bar}"`,
    (messages) => messages.map((text) => prefixed(`lambda-1${bar}`, text)).join(''),
  ]),
  [
    'cdk watch',
    (messages) => messages.map((text) => prefixed('[MyStack-Orders] 10:00:00 AM ', text)).join(''),
  ],
  [
    'awslogs of a group with another name',
    (messages) => messages.map((text) => prefixed(`my-group ${STREAM} `, text)).join(''),
  ],
  [
    'Pulumi',
    (messages) =>
      messages
        .map((text) => prefixed(' 2024-03-04T17:22:38.033+01:00[        orders-1a2b3c4] ', text))
        .join(''),
  ],
  [
    'aws logs tail in colour',
    (messages) =>
      messages
        .map((text) => `\u001b[32m${TIME}\u001b[0m \u001b[36m${STREAM}\u001b[0m ${text}`)
        .join(''),
  ],
  [
    'CSV of messages only',
    (messages) => `@message\n${messages.map((text) => `${csv(text)}\n`).join('')}`,
  ],
  [
    'CSV with the message first',
    (messages) =>
      `@message,@timestamp\n${messages.map((text) => `${csv(text)},2024-03-04 17:22:38.033\n`).join('')}`,
  ],
  [
    'CSV behind a column of numbers, with Windows line ends',
    (messages) =>
      `@duration,@message,@logStream\r\n${messages.map((text) => `12.34,${csv(text)},${STREAM}\r\n`).join('')}`,
  ],
  [
    'CSV without line breaks in its messages',
    (messages) =>
      `timestamp,message,logStreamName\n${messages.map((text) => `${EPOCH},${csv(text.trimEnd())},${STREAM}\n`).join('')}`,
  ],
  [
    'CSV with semicolons',
    (messages) =>
      `timestamp;message\n${messages.map((text) => `${EPOCH};"${text.replaceAll('"', '""')}"\n`).join('')}`,
  ],
  [
    'CSV without a heading',
    (messages) => messages.map((text) => `${EPOCH},${csv(text.trimEnd())},${STREAM}\n`).join(''),
  ],
  [
    'CSV without a heading, every column in quotes',
    (messages) =>
      messages
        .map((text) => `"2024-03-04 17:22:38.033","${text.replaceAll('"', '""')}"\n`)
        .join(''),
  ],
  [
    'a table in Markdown',
    (messages) =>
      `| @timestamp | @message |\n| --- | --- |\n${messages.map((text) => `| ${TIME} | ${text.trimEnd().replaceAll('\n', ' ')} |\n`).join('')}`,
  ],
  [
    'a table without a heading',
    (messages) =>
      messages.map((text) => `| ${EPOCH} | ${text.trimEnd().replaceAll('\n', ' ')} |\n`).join(''),
  ],
  [
    'filter-log-events --output yaml',
    (messages) =>
      `events:\n${messages
        .map(
          (text) =>
            `- eventId: '38'\n  ingestionTime: ${EPOCH}\n  logStreamName: ${STREAM}\n  message: ${yaml(text)}\n  timestamp: ${EPOCH}\n`,
        )
        .join('')}searchedLogStreams: []\n`,
  ],
  [
    "the JavaScript SDK's answer",
    (messages) =>
      JSON.stringify({ $metadata: { attempts: 1 }, events: messages.map(wrapped) }, null, 2),
  ],
  [
    "today's get-query-results",
    (messages) =>
      JSON.stringify(
        {
          queryLanguage: 'CWLI',
          results: messages.map((value) => [
            { field: '@timestamp', value: TIME },
            { field: '@message', value },
            { field: '@ptr', value: 'Cl0K' },
          ]),
          statistics: { recordsMatched: 3 },
          status: 'Complete',
        },
        null,
        4,
      ),
  ],
  ['jq -s', (messages) => JSON.stringify([{ events: messages.map(wrapped) }], null, 2)],
  [
    'jq in colour',
    (messages) =>
      JSON.stringify({ events: messages.map(wrapped) }, null, 2).replaceAll(
        /"(?:[^"\\]|\\.)*"/g,
        (text) => `\u001b[0;32m${text}\u001b[0m`,
      ),
  ],
  [
    'log tails of Invoke',
    (messages) =>
      JSON.stringify(
        { StatusCode: 200, LogResult: Buffer.from(messages.join('')).toString('base64') },
        null,
        4,
      ),
  ],
];

/** What tools put before every line of a message. */
function prefixed(prefix: string, text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `${prefix}${line}\n`)
    .join('');
}

/** As PyYAML writes a text: in double quotes and folded where it has a line break, in single quotes otherwise. */
function yaml(text: string): string {
  if (!/[\n\t]/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const escaped = JSON.stringify(text).replaceAll('\\u', '\\u');
  return escaped.length < 80 ? escaped : `${escaped.slice(0, 40)}\\\n    ${escaped.slice(40)}`;
}

describe.each(EXPORTS)('%s', (_, exported) => {
  it('is read like the text log', () => {
    const records = readText(exported(events('text')));
    expect(records.map(({ report }) => report)).toEqual(
      reportsIn(IDS.map((id) => warmReport(id)).join('')),
    );
    expect(records.map((record) => outcomeOf(record, NO_REPLY))).toEqual(['timeout', 'ok', 'ok']);
  });

  it('is read like the JSON log', () => {
    const expected = reportsIn(IDS.map((id) => jsonInvocation(id)).join(''));
    expect(expected).toHaveLength(IDS.length);
    expect(reportsIn(exported(events('json')))).toEqual(expected);
  });

  it('is not fooled by what an application prints', () => {
    const [first = '', second = ''] = IDS;
    const lines = [
      ...invocation(first).split('\n').slice(0, 1),
      warmReport(second, 1).trimEnd(),
      warmReport(first, 1).trimEnd(),
      ...invocation(first).split('\n').slice(1, 3),
    ].map((line) => `${line}\n`);
    expect(reportsIn(exported(lines))).toEqual(reportsIn(warmReport(first)));
  });
});

describe('a log that only begins like an export', () => {
  it.each([
    '["',
    '["a"]',
    '[{"',
    '[ {',
    '{"events": ',
    '{"events": {',
    '{"owner":"me"}',
    '[[[',
    '[{"a":"\\',
  ])('is read from its next line on: %s', (line) => {
    for (const noise of ['', 'x'.repeat(300)]) {
      const log = IDS.map((id) => invocation(id)).join('');
      expect(reportsIn(`${line}${noise}\n${log}`)).toEqual(reportsIn(log));
    }
  });
});

describe('an application that logs what CloudWatch sends', () => {
  it.each([wrapped(warmReport('x', 1)), got(warmReport('x', 1)), delivered([warmReport('x', 1)])])(
    'is no export: %s',
    (event) => {
      const [first = ''] = IDS;
      const log = invocation(first, `${JSON.stringify(event)}\n`);
      expect(reportsIn(log)).toEqual(reportsIn(warmReport(first)));
      expect(reportsIn(`INIT_START\n${log}`)).toEqual(reportsIn(warmReport(first)));
    },
  );

  it('begins its own lines with a time and a tab', () => {
    for (const time of [TIME, '2024-03-04T17:22:38+00:00', '17:22:38']) {
      expect(reportsIn(`${time}\t${warmReport('x', 1)}`)).toEqual([]);
    }
  });

  it('logs a message of its own in JSON', () => {
    const line = { timestamp: TIME, level: 'INFO', requestId: 'x', message: warmReport('x', 1) };
    const number = { level: 30, timestamp: EPOCH, message: warmReport('x', 1) };
    expect(reportsIn(`${JSON.stringify(line)}\n${JSON.stringify(number)}\n`)).toEqual([]);
  });
});

const PARSED = { durationMs: 12.34, billedMs: 13, memorySizeMb: 512, maxMemoryUsedMb: 88 };

describe('rows of a query that asked for parsed fields and not for the request', () => {
  it.each([
    ['CSV', '@duration,@billedDuration,@memorySize,@maxMemoryUsed\n12.34,13.0,5.12E8,8.8E7\n'],
    [
      'CSV in another order',
      '@maxMemoryUsed,@memorySize,@billedDuration,@duration\n8.8E7,5.12E8,13,12.34\n',
    ],
    [
      'CSV with the time',
      '@timestamp,@duration,@billedDuration,@memorySize,@maxMemoryUsed\n2026-11-20 08:00:01.250,12.34,13.0,5.12E8,8.8E7\n',
    ],
    [
      'the answer of get-query-results',
      JSON.stringify({
        results: [
          [
            { field: '@duration', value: '12.34' },
            { field: '@billedDuration', value: '13.0' },
            { field: '@memorySize', value: '5.12E8' },
            { field: '@maxMemoryUsed', value: '8.8E7' },
          ],
        ],
      }),
    ],
  ])('are read from %s, without a request id', (_, text) => {
    const [only, ...others] = readText(text);
    expect(others).toEqual([]);
    expect(only && logObservation(only)).toMatchObject({ requestId: null, ...PARSED });
  });

  it('are each an invocation of their own, equal ones too', () => {
    const text = '@duration,@billedDuration,@memorySize\n12.34,13.0,5.12E8\n12.34,13.0,5.12E8\n';
    expect(readText(text)).toHaveLength(2);
  });

  it('are no rows of an application that logs a duration of its own', () => {
    expect(readText('{"@duration":12.34,"level":"INFO"}\n')).toEqual([]);
  });
});
