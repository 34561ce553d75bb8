import { describe, expect, test } from 'vitest';
import type { Mapping, Trigger } from '../../../src/contract/shared/trigger.ts';
import { triggerAdvice, type Pace } from '../../../src/core/advice/trigger-advice.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders';
const STREAM = 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks';
const API = 'arn:aws:execute-api:eu-west-1:123456789012:abc123';
const PACE: Pace = { timeoutSeconds: 10, slowMs: 400, slowestMs: 6000 };
const MAPPING: Mapping = {
  batchSize: 100,
  parallelization: 1,
  maxConcurrency: null,
  retries: -1,
  maxRecordAgeSeconds: -1,
  bisects: false,
  reportsItemFailures: true,
  failureDestination: null,
};

function trigger(source: Trigger['source'], change: Partial<Trigger> = {}): Trigger {
  return {
    source,
    arn: null,
    unqualified: false,
    visibilityTimeoutSeconds: null,
    batchingWindowSeconds: null,
    ...change,
  };
}

function adviceOf(code: string, triggers: readonly Trigger[], pace = PACE) {
  return triggerAdvice(triggers, pace).filter((each) => each.code === code);
}

test('nothing is advised where nothing triggers the function', () => {
  expect(triggerAdvice([], PACE)).toEqual([]);
});

test('nothing is advised for triggers that need no setting', () => {
  expect(triggerAdvice([trigger('s3'), trigger('alb'), trigger('other')], PACE)).toEqual([]);
});

describe('A queue', () => {
  // Six times 10 s and a window of 5 s are 65 s.
  test.each([
    [65, true],
    [64, false],
  ])('with a visibility timeout of %i s and a window of 5 s fits 10 s: %s', (seconds, fits) => {
    const queue = trigger('sqs', {
      arn: QUEUE,
      visibilityTimeoutSeconds: seconds,
      batchingWindowSeconds: 5,
    });
    expect(adviceOf('queue-visibility', [queue])).toMatchObject([
      { queueArn: QUEUE, advisedSeconds: 65, fits },
    ]);
  });

  test('that could not be read is not advised upon', () => {
    expect(triggerAdvice([trigger('sqs', { arn: QUEUE, redrive: null })], PACE)).toEqual([]);
  });

  test.each([
    [null, null, false],
    ['arn:aws:sqs:eu-west-1:123456789012:dead', 4, false],
    ['arn:aws:sqs:eu-west-1:123456789012:dead', 5, true],
  ])('with dead letters to %s after %s receives is well set: %s', (arn, count, fits) => {
    const queue = trigger('sqs', {
      arn: QUEUE,
      redrive: { deadLetterArn: arn, maxReceiveCount: count },
    });
    expect(adviceOf('queue-dead-letters', [queue])).toMatchObject([{ leastReceives: 5, fits }]);
  });

  test.each([
    [1, false, 0],
    [10, false, 1],
    [10, true, 0],
  ])(
    'with batches of %i that tells failed records (%s) is advised %i times',
    (batchSize, reportsItemFailures, times) => {
      const mapping = { ...MAPPING, batchSize, reportsItemFailures };
      expect(adviceOf('item-failures', [trigger('sqs', { mapping })])).toHaveLength(times);
    },
  );
});

describe('A stream', () => {
  // A record waits for the window, the batch before it and its own: 30 s − 2 × 0.4 s leave 29 whole seconds.
  test.each([
    [400, 0, 29, true],
    [400, 29, 29, true],
    [400, 30, 29, false],
    [10_000, 10, 10, true],
    [15_001, 0, 0, false],
  ])(
    'whose batches take %i ms may have a window of so many seconds (%i: %i, fits %s)',
    (slowMs, batchingWindowSeconds, mostWindowSeconds, fits) => {
      const stream = trigger('kinesis', { arn: STREAM, batchingWindowSeconds, mapping: MAPPING });
      expect(adviceOf('stream-window', [stream], { ...PACE, slowMs })).toMatchObject([
        { arn: STREAM, mostWindowSeconds, fits },
      ]);
    },
  );

  test('says nothing of its window where no warm invocation was measured', () => {
    const stream = trigger('kinesis', { batchingWindowSeconds: 0 });
    expect(adviceOf('stream-window', [stream], { ...PACE, slowMs: null })).toEqual([]);
  });

  test.each([
    [{}, [{ endlessRetries: true, bisects: false }]],
    [{ retries: 3 }, [{ endlessRetries: false }]],
    [{ retries: null, maxRecordAgeSeconds: null }, [{ endlessRetries: true }]],
    [{ maxRecordAgeSeconds: 3600, bisects: true, failureDestination: QUEUE }, []],
  ])('with %j is advised upon what happens to failed batches', (change, expected) => {
    const stream = trigger('dynamodb', { mapping: { ...MAPPING, ...change } });
    expect(adviceOf('stream-failures', [stream])).toMatchObject(expected);
  });
});

describe('API Gateway', () => {
  test.each([
    [`${API}/$default/GET/orders`, 'http', 30],
    [`${API}/test-invoke-stage/GET/orders`, 'rest', 29],
    [`${API}/prod/$connect`, 'websocket', 29],
    [`${API}/*/GET/orders`, null, 29],
  ])('%s is of the kind %s and waits %s s', (arn, kind, maxSeconds) => {
    expect(adviceOf('api-wait', [trigger('apigateway', { arn })])).toMatchObject([
      { arn: API, kind, maxSeconds, fits: true },
    ]);
  });

  test('is told once for an API, by all of its permissions', () => {
    const arns = [
      `${API}/*/GET/orders`,
      `${API}/test-invoke-stage/GET/orders`,
      `${API}/*/POST/orders`,
    ];
    const advice = adviceOf(
      'api-wait',
      arns.map((arn) => trigger('apigateway', { arn })),
    );
    expect(advice).toMatchObject([{ kind: 'rest' }]);
  });

  test.each([
    [29, 6000, true],
    [30, 6000, false],
    [10, 29_500, false],
  ])(
    'a timeout of %i s, with invocations up to %i ms, fits a REST API: %s',
    (timeoutSeconds, slowestMs, fits) => {
      const api = trigger('apigateway', { arn: `${API}/test-invoke-stage/GET/orders` });
      expect(adviceOf('api-wait', [api], { ...PACE, timeoutSeconds, slowestMs })).toMatchObject([
        { fits },
      ]);
    },
  );
});
