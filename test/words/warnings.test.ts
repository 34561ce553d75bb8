import { describe, expect, test } from 'vitest';
import {
  WARNINGS,
  warningSchema,
  type WarningCode,
  type WarningFacts,
} from '../../src/contract/shared/warnings/warning.ts';
import { toWarning } from '../../src/words/warnings/warning.ts';

const SIZES = [
  { memoryMb: 128, failed: 1, invocations: 9, outliers: 2, warm: 8, coldStarts: 1 },
  { memoryMb: 512, failed: 3, invocations: 7, outliers: 1, warm: 6, coldStarts: 0 },
];
const UNREAD = {
  logGroup: '/aws/lambda/orders',
  denied: true,
  action: 'logs:FilterLogEvents',
  awsCode: 'AccessDeniedException',
  awsMessage: 'no.',
};

/** One example of each code: a code without one does not compile below. */
const EXAMPLES = [
  {
    code: 'long-invocations-lost',
    waitSeconds: 840,
    why: 'failure-destination',
    detail: 'arn:aws:sqs:us-east-1:123456789012:failed',
  },
  { code: 'history-unread', reason: 'no-answer', detail: '60' },
  { code: 'allowed-errors-counted', types: ['HandledError'] },
  { code: 'alias-not-moved', alias: 'live', version: '7', verdict: 'keep' },
  { code: 'unknown-input-key', key: 'dryrun', meant: 'dryRun' },
  { code: 'value-clamped', key: 'discardTopBottom', given: 0.5, taken: 0.4 },
  {
    code: 'unknown-region-price',
    region: 'eusc-de-east-1',
    architecture: 'arm64',
    pricesAsOf: '2026-11-21',
    usdPerGbSecond: 1.33334e-5,
    billedInEur: true,
  },
  {
    code: 'unknown-ephemeral-storage-price',
    region: 'ap-east-2',
    pricesAsOf: '2026-11-21',
    ephemeralStorageMb: 2048,
    freeMb: 512,
    usdPerGbSecond: 3.7e-8,
  },
  { code: 'prices-in-cny', region: 'cn-north-1' },
  { code: 'measuring-died', calls: 2, invocations: 80 },
  {
    code: 'concurrency-capped',
    concurrency: 5,
    wanted: 8,
    limit: 'reserved',
    measureMemoryMb: null,
    largestPayloadBytes: null,
  },
  { code: 'late-logs-unread', ...UNREAD },
  { code: 'budget-reached', maxUsd: 1, notMade: 3 },
  { code: 'changed-by-somebody-else', settings: ['memory', 'system-log-level'] },
  { code: 'version-left', version: '7', function: 'orders', cause: 'pending', waitedMinutes: 45 },
  { code: 'last-update-failed', function: 'orders', reasonCode: 'ImageDeleted', reason: null },
  {
    code: 'runtime-ending',
    runtime: 'nodejs20.x',
    deprecated: '2026-04-30',
    updateBlocked: '2027-03-03',
    isDeprecated: true,
  },
  { code: 'earlier-run-put-back', run: 'run-7', changedSince: ['timeout'] },
  { code: 'earlier-run-swept', run: 'run-7', deleted: 2, inUse: ['4'] },
  { code: 'unqualified-triggers', sources: ['sqs', 's3'] },
  { code: 'triggers-not-read', unread: ['lambda:GetPolicy'] },
  { code: 'trial-left-out', worstCaseUsd: 0.0123, maxUsd: 0.01 },
  { code: 'trial-failed', memoryMb: 512, errorType: 'TypeError' },
  {
    code: 'trial-timed-out',
    memoryMb: 512,
    timeoutSeconds: 3,
    waitedSeconds: null,
    measureTimeoutSeconds: 60,
  },
  { code: 'snap-start-price', versions: 4, leastUsd: 0.054 },
  { code: 'apply-undone-by-deployment', tool: 'SAM', stack: 'shop', tag: null },
  { code: 'changed-since-applied', fields: ['memoryMb'] },
  {
    code: 'timeout-beyond-caller',
    source: 'apigateway',
    arn: null,
    maxSeconds: 29,
    timeoutSeconds: 60,
  },
  {
    code: 'timeout-beyond-visibility',
    queueArn: 'arn:aws:sqs:eu-west-1:123456789012:orders',
    visibilityTimeoutSeconds: 30,
    timeoutSeconds: 60,
  },
  {
    code: 'visibility-timeout-short',
    queueArn: null,
    visibilityTimeoutSeconds: 30,
    advisedSeconds: 60,
    timeoutSeconds: 10,
  },
  { code: 'no-history', cause: 'it was denied' },
  { code: 'memory-nearly-full', memoryMb: 512, usedMb: 500 },
  { code: 'memory-headroom', memoryMb: 512, leftOut: [{ memoryMb: 256, usedMb: 240 }] },
  { code: 'decision-open', stoppedBy: 'max-usd', limit: 0.5 },
  { code: 'memory-grows', memoryMb: 512, fromMb: 80, toMb: 140, invocations: 9 },
  {
    code: 'timeout-too-tight',
    memoryMb: 512,
    longestSeconds: 31.24,
    timeoutSeconds: 30,
    recommendedSeconds: 47,
  },
  { code: 'timeout-too-loose', timeoutSeconds: 900, recommendedSeconds: 6 },
  { code: 'sizes-beyond-timeout', memorySizesMb: [128, 256], timeoutSeconds: 3 },
  { code: 'few-observations', memoryMb: 1769, count: 4, basis: 'warm' },
  { code: 'few-observations-for-p99', memoryMb: 1024, count: 12, needed: 100 },
  { code: 'rare-slow-unseen', count: 60, atMostShare: 0.0487 },
  {
    code: 'few-observations-for-limit',
    memoryMb: 1024,
    count: 12,
    neededForP95: 20,
    neededForP99: 100,
  },
  { code: 'only-cold-starts' },
  { code: 'cold-cost-unknown', seen: true },
  { code: 'cold-starts-dominate', memoryMb: 512, coldShare: 0.01, costFraction: 0.62 },
  { code: 'errors-at-sizes', sizes: SIZES },
  { code: 'lost-observations', count: 1 },
  { code: 'current-out-of-memory', memoryMb: 128, diedUpToMb: 256 },
  { code: 'current-not-measured', memoryMb: 700 },
  { code: 'noisy', scatter: 0.45 },
  { code: 'heavy-tail', count: 1200, ofSlowest: 0.22 },
  { code: 'outliers', sizes: SIZES },
  { code: 'presumed-cold', count: 2 },
  { code: 'drift', swing: 0.07 },
  { code: 'limit-uncertain', memoryMb: 512, probability: 0.71 },
  { code: 'provisioned-priced', executions: 10, invocationsPerMonth: 1_000_000 },
  { code: 'provisioned-not-priced', executions: 10, missing: 'traffic' },
  { code: 'fewer-cold-starts', wanted: 5, sizes: SIZES },
  { code: 'log-streams-unread', ...UNREAD },
  { code: 'log-streams-partly-read', logGroup: '/aws/lambda/orders', missing: 3, invocations: 40 },
  { code: 'concurrency-unread', action: 'lambda:GetAccountSettings', concurrency: 16 },
  {
    code: 'invocations-failed',
    head: { failed: 2, invocations: 40 },
    base: { failed: 0, invocations: 40 },
  },
  {
    code: 'head-failed-trial',
    function: 'orders',
    version: '$LATEST',
    attempts: 3,
    errorType: 'TypeError',
    errorMessage: 'no items',
  },
  { code: 'same-version', function: 'orders', version: '7' },
  { code: 'settings-differ', settings: ['memoryMb', 'runtime'] },
  { code: 'stored-baseline', driftSpread: 0.05, command: 'check' },
  { code: 'not-confirmed', error: 'TargetBusy', cause: 'its invocations were throttled' },
  {
    code: 'rule-hard-to-judge',
    function: 'orders',
    rule: 'regression',
    metric: 'duration.p99',
    maxInvocations: 400,
    neededInvocations: 2600,
    mostInvocations: 8000,
    never: false,
  },
  { code: 'baseline-of-another-name', base: 'orders', head: 'orders-new', file: null },
  {
    code: 'no-baseline',
    file: 'baseline.json',
    function: 'orders',
    unjudged: true,
    command: 'powerdial check orders --save-baseline baseline.json',
  },
  {
    code: 'payloads-unmeasured',
    places: [{ payload: 1, memorySizesMb: [128] }],
    command: 'tune',
  },
  { code: 'payloads-failed', places: [{ payload: 0, memorySizesMb: [128, 512] }] },
  {
    code: 'few-observations-of-payloads',
    memoryMb: 512,
    basis: 'warm',
    payloads: [{ payload: 1, count: 2 }],
  },
  {
    code: 'payload-unlike-traffic',
    memoryMb: 512,
    payloadMs: 40,
    calls: { meanMs: 300, p10Ms: 180, p90Ms: 500 },
    place: 0.02,
    mayTurn: true,
    weights: [0.2, 0.8],
  },
  {
    code: 'repeats-faster',
    side: null,
    memoryMb: 512,
    trialMs: 900,
    laterMemoryMb: 512,
    longestLaterMs: 20,
    later: 12,
    varyPayload: false,
    allowRepeats: false,
  },
  { code: 'interrupted', command: 'check', left: ['orders'] },
  { code: 'new-function', function: 'orders', base: 'live', measured: true },
  {
    code: 'machine-busy',
    function: 'orders',
    othersShare: 0.4,
    stealShare: null,
    throttledShare: 0,
  },
] as const satisfies readonly WarningFacts[];

type CodeWithoutExample = Exclude<WarningCode, (typeof EXAMPLES)[number]['code']>;
const NONE_IS_MISSING: [CodeWithoutExample] extends [never] ? true : CodeWithoutExample = true;

test('every code of a warning has one example here', () => {
  const told = EXAMPLES.map(({ code }) => code);
  expect(NONE_IS_MISSING).toBe(true);
  expect(told.toSorted()).toEqual(Object.keys(WARNINGS).toSorted());
});

describe('a warning', () => {
  test.each(EXAMPLES.map((facts) => [facts.code, facts] as const))(
    'of code %s holds its facts beside one whole sentence, and passes the schema of its row',
    (code, { ...facts }) => {
      const warning = toWarning(facts);
      expect(warning.message).toMatch(/^\S.*\S$/);
      expect(warning.message).not.toMatch(/undefined|null|NaN|\[object|\u00a0/);
      expect(warning).toMatchObject(facts);
      expect(WARNINGS[code].safeParse(facts).error).toBeUndefined();
      expect(warningSchema.parse(JSON.parse(JSON.stringify(warning)))).toEqual(warning);
    },
  );

  test.each([
    [
      { code: 'few-observations', memoryMb: 1769, count: 1, basis: 'warm' },
      'The recommendation rests on 1 warm invocation at 1769 MB.',
    ],
    [
      { code: 'lost-observations', count: 2 },
      '2 invocations may have run, but no platform log was found: they are in no figure.',
    ],
    [
      { code: 'changed-by-somebody-else', settings: ['memory', 'system-log-level'] },
      "Somebody else changed the function's memory and system log level during the run; that was left as it is.",
    ],
    [
      {
        code: 'timeout-too-tight',
        memoryMb: 512,
        longestSeconds: 31.24,
        timeoutSeconds: 30,
        recommendedSeconds: 47,
      },
      'At 512 MB an invocation took 31.2 s, longer than the present timeout of 30 s: raise it to 47 s with the memory.',
    ],
    [
      { code: 'cold-starts-dominate', memoryMb: 512, coldShare: 0.01, costFraction: 0.62 },
      'With a cold share of 1 %, cold starts make 62 % of the cost at 512 MB: a shorter init saves more than any memory size.',
    ],
  ] satisfies [WarningFacts, string][])('of %j reads as people say it', (facts, message) => {
    expect(toWarning(facts).message).toBe(message);
  });
});

test('a state of an earlier version, whose warnings have no facts, can still be read', () => {
  const old = { code: 'few-observations', message: 'The recommendation rests on few invocations.' };
  expect(warningSchema.parse(old)).toEqual(old);
});

test('a warning of a later version, whose code is unknown here, keeps all of its facts', () => {
  const later = { code: 'brand-new', message: 'Something new.', sizes: [1, 2], deep: { a: null } };
  expect(warningSchema.parse(later)).toEqual(later);
});
