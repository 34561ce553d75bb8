import { expect, test } from 'vitest';
import {
  ADVICE,
  ALARM_CODES,
  type AdviceCode,
  type AdviceFacts,
} from '../../src/contract/tune/advice.ts';
import { toAdvice } from '../../src/words/advice/advice.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders';
const DEAD = 'arn:aws:sqs:eu-west-1:123456789012:dead';
const STREAM = 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks';
const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/users/stream/2026-01-01T00:00:00.000';
const API = 'arn:aws:execute-api:eu-west-1:123456789012:abc123';

const VISIBILITY = {
  code: 'queue-visibility',
  queueArn: QUEUE,
  visibilityTimeoutSeconds: 30,
  batchingWindowSeconds: 5,
  timeoutSeconds: 10,
  advisedSeconds: 65,
  fits: false,
} as const;
const LETTERS = {
  code: 'queue-dead-letters',
  queueArn: QUEUE,
  deadLetterArn: DEAD,
  maxReceiveCount: 1,
  leastReceives: 5,
  fits: false,
} as const;
const WINDOW = {
  code: 'stream-window',
  source: 'kinesis',
  arn: STREAM,
  batchSize: 100,
  batchingWindowSeconds: 60,
  slowMs: 400,
  withinMs: 30_000,
  mostWindowSeconds: 29,
  fits: false,
} as const;
const WAIT = {
  code: 'api-wait',
  arn: API,
  kind: 'http',
  maxSeconds: 30,
  timeoutSeconds: 60,
  slowestMs: 6000,
  fits: false,
} as const;

const DEMAND = {
  invocationsPerSecond: 50,
  basis: 'rate',
  busy: { estimate: 12.34, low: 11.8, high: 12.9 },
  share: 0.001,
  executions: 26,
} as const;
const PROVISIONED = {
  code: 'provisioned-concurrency',
  ...DEMAND,
  memoryMb: 1024,
  use: 0.4746,
  breakEvenUse: 0.6,
  payingExecutions: 11,
  usdPerMonth: { held: 284.7, all: 600, onDemand: 540.5 },
} as const;
const RESERVED = { code: 'reserved-concurrency', ...DEMAND, bound: 'load' } as const;

const BATCHES = {
  code: 'record-batches',
  memoryMb: 512,
  currency: 'USD',
  batches: [
    {
      payload: 0,
      records: 1,
      invocations: 9,
      durationMs: { mean: 55, low: 50, high: 60 },
      msPerRecord: 55,
      costUsdPerMillionRecords: 1.4,
    },
    {
      payload: 1,
      records: 100,
      invocations: 9,
      durationMs: { mean: 550, low: 500, high: 600 },
      msPerRecord: 5.5,
      costUsdPerMillionRecords: 0.14,
    },
  ],
  line: { perBatchMs: 50, perRecordMs: 5 },
} as const;
const RATE = {
  code: 'batch-rate',
  source: 'kinesis',
  arn: STREAM,
  per: 'shard',
  atOnce: 2,
  records: 100,
  batchSize: 500,
  recordsPerSecond: { estimate: 363.6, low: 333.3, high: 400 },
  takesPerSecond: 1000,
  fits: false,
} as const;
const ALARM = {
  functionName: 'orders',
  project: null,
  logicalId: null,
  periodSeconds: 60,
} as const;
const DURATION_ALARM = {
  code: 'duration-alarm',
  ...ALARM,
  periods: 15,
  thresholdMs: 4000,
  statistic: 'p90',
  timeoutSeconds: 6,
} as const;
const AGE_ALARM = {
  code: 'iterator-age-alarm',
  ...ALARM,
  periods: 5,
  thresholdMs: 30_000,
  statistic: 'Maximum',
} as const;

/** Facts and the whole sentence: every code has a row, and every branch of its sentence. */
const SENTENCES: readonly (readonly [AdviceFacts, string])[] = [
  [
    VISIBILITY,
    'Set the visibility timeout of the queue orders to 65 s at least (six times the timeout of 10 s and the window of 5 s); it is 30 s.',
  ],
  [
    {
      ...VISIBILITY,
      visibilityTimeoutSeconds: 60,
      batchingWindowSeconds: 0,
      advisedSeconds: 60,
      fits: true,
    },
    'The visibility timeout of the queue orders, 60 s, fits (at least 60 s: six times the timeout of 10 s).',
  ],
  [
    { ...LETTERS, deadLetterArn: null, maxReceiveCount: null },
    'Messages that fail in the queue orders come back until they expire: give it a dead-letter queue, with maxReceiveCount 5 at least.',
  ],
  [
    LETTERS,
    'Messages of the queue orders go to dead after 1 time: throttling alone can do that, so set maxReceiveCount to 5 at least.',
  ],
  [
    { ...LETTERS, maxReceiveCount: 5, fits: true },
    'Messages of the queue orders that fail 5 times go to dead.',
  ],
  [
    { code: 'item-failures', source: 'sqs', arn: QUEUE, batchSize: 10 },
    'One bad record makes the whole batch of up to 10 from the queue orders come back: set ReportBatchItemFailures and return the records that failed.',
  ],
  [
    WINDOW,
    'Set the batch window of the stream clicks to 29 s at most, so that a record is worked on within 30 s (99 % of batches end within 400 ms); it is 60 s.',
  ],
  [
    { ...WINDOW, batchingWindowSeconds: 5, fits: true },
    'The batch window of the stream clicks, 5 s, fits: up to 29 s a record is worked on within 30 s (99 % of batches end within 400 ms).',
  ],
  [
    { ...WINDOW, slowMs: 20_000, mostWindowSeconds: 0 },
    'A record of the stream clicks may wait longer than 30 s (99 % of batches end within 20.0 s): set smaller batches or more of them at once.',
  ],
  [
    {
      code: 'stream-failures',
      source: 'dynamodb',
      arn: TABLE,
      endlessRetries: true,
      bisects: false,
      failureDestination: null,
    },
    'A batch that fails is tried again until its records expire, and its shard waits: set MaximumRetryAttempts or MaximumRecordAgeInSeconds, BisectBatchOnFunctionError, a destination for failed records at the mapping of the stream of the table users.',
  ],
  [
    {
      code: 'stream-failures',
      source: 'kinesis',
      arn: null,
      endlessRetries: false,
      bisects: true,
      failureDestination: null,
    },
    'Records that fail are given up: set a destination for failed records at the mapping of the stream.',
  ],
  [
    WAIT,
    'API Gateway abc123 (an HTTP API) waits 30 s at most: a timeout of 30 s at most lets no invocation run on when nobody waits; it is 60 s.',
  ],
  [
    { ...WAIT, kind: 'rest', maxSeconds: 29, slowestMs: 40_000 },
    'API Gateway abc123 (a REST API) waits 29 s, more where the limit of a Regional or private one was raised, and an invocation may take 40.0 s: answer at once and do the rest behind a queue.',
  ],
  [
    { ...WAIT, arn: null, kind: null, maxSeconds: 29, timeoutSeconds: 10, fits: true },
    'API Gateway usually waits 29 s (a REST API whose limit was not raised; an HTTP API waits 30 s): the timeout of 10 s fits.',
  ],
  [
    { ...WAIT, kind: 'websocket', maxSeconds: 29, timeoutSeconds: 29, fits: true },
    'API Gateway abc123 (a WebSocket API) waits 29 s at most: the timeout of 29 s fits.',
  ],
  [
    RESERVED,
    'At 50 invocations a second 12.3 environments are busy on average (11.8–12.9): a reserved concurrency of 26 throttles at most 0.1 % of the invocations.',
  ],
  [
    { ...RESERVED, basis: 'month', bound: 'rate' },
    'At 50 invocations a second (the mean of your traffic) 12.3 environments are busy on average (11.8–12.9): a reserved concurrency of 26 (an environment serves 10 requests a second at most) throttles at most 0.1 % of the invocations. Peaks take more: name the rate of your busiest time (invocationsPerSecond, --rate).',
  ],
  [
    { ...RESERVED, executions: 5, bound: 'queue' },
    'At 50 invocations a second 12.3 environments are busy on average (11.8–12.9): a reserved concurrency of 5 (the least that the mapping of a queue takes) throttles at most 0.1 % of the invocations.',
  ],
  [
    PROVISIONED,
    'A provisioned concurrency of 26, of a version or an alias, leaves at most 0.1 % without an environment that is ready, and is 47 % in use. At that rate all month it costs 600.00 USD (284.70 USD of it whether it is used or not) in place of 540.50 USD on demand: it pays from a use of 60 % on, and 11 of them would pay.',
  ],
  [
    { ...PROVISIONED, breakEvenUse: null, payingExecutions: null, usdPerMonth: null },
    'A provisioned concurrency of 26, of a version or an alias, leaves at most 0.1 % without an environment that is ready, and is 47 % in use. What it costs is not known: no source for its rates here was found.',
  ],
  [
    { ...PROVISIONED, payingExecutions: 0 },
    'A provisioned concurrency of 26, of a version or an alias, leaves at most 0.1 % without an environment that is ready, and is 47 % in use. At that rate all month it costs 600.00 USD (284.70 USD of it whether it is used or not) in place of 540.50 USD on demand: it pays from a use of 60 % on, and none would pay.',
  ],
  [
    BATCHES,
    'At 512 MB a record takes one by itself 55.0 ms and 1.40 USD per million, in batches of 100 (550 ms) 5.50 ms and 0.14 USD per million. Of a batch 50.0 ms is for itself and 5.00 ms for each record.',
  ],
  [
    { ...BATCHES, batches: BATCHES.batches.slice(1), line: null },
    'At 512 MB a record takes in batches of 100 (550 ms) 5.50 ms and 0.14 USD per million.',
  ],
  [
    RATE,
    'A shard of the stream clicks handles 364 records a second (333–400) with batches of 100 (its mapping permits 500), 2 at a time, of up to 1000 that it can be written: a higher ParallelizationFactor or more shards keep up with more.',
  ],
  [
    {
      ...RATE,
      batchSize: 100,
      atOnce: 10,
      recordsPerSecond: { estimate: 1818, low: 1667, high: 2000 },
      fits: true,
    },
    'A shard of the stream clicks handles 1818 records a second (1667–2000) with batches of 100, 10 at a time, which is as many as the 1000 that it can be written at least.',
  ],
  [
    {
      ...RATE,
      source: 'sqs',
      arn: QUEUE,
      per: 'queue',
      batchSize: 100,
      takesPerSecond: null,
      fits: null,
    },
    'The queue orders handles 364 records a second (333–400) with batches of 100, 2 at a time.',
  ],
  [
    DURATION_ALARM,
    'Alarm when the p90 of Duration is above 4.00 s in 15 of 15 minutes: longer than hardly any invocation took, and below the timeout of 6 s.',
  ],
  [
    AGE_ALARM,
    'Alarm when the greatest IteratorAge is above 30.0 s in 5 of 5 minutes: the stream is written faster than it is read.',
  ],
];

test.each(SENTENCES)('%j is put into a whole sentence', (facts, sentence) => {
  expect(ADVICE[facts.code].safeParse(facts).success).toBe(true);
  const { code, ...rest } = facts;
  expect(toAdvice(facts)).toMatchObject({ code, message: sentence, ...rest });
  expect('snippet' in toAdvice(facts)).toBe(ALARM_CODES.includes(code));
});

test('every code of advice has an example here', () => {
  const codes = new Set(SENTENCES.map(([{ code }]) => code));
  expect([...codes].toSorted()).toEqual((Object.keys(ADVICE) as AdviceCode[]).toSorted());
});
