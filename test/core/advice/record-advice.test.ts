import { describe, expect, test } from 'vitest';
import type { Mapping, Trigger } from '../../../src/contract/shared/trigger.ts';
import { recordAdvice, type Batches } from '../../../src/core/advice/record-advice.ts';
import type { Measured } from '../../../src/core/recommend/size-sample.ts';

const STREAM = 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks';

function invocation(payload: number, durationMs: number, usd: number): Measured {
  return {
    durationMs,
    billedMs: Math.ceil(durationMs),
    usd,
    initMs: null,
    atMs: 0,
    environment: null,
    payload,
    weight: 1,
  };
}

/** Batches of 10 take 95 and 105 ms, batches of 100 take 540 and 560 ms. */
const WARM = [
  invocation(0, 95, 1e-6),
  invocation(0, 105, 3e-6),
  invocation(1, 540, 9e-6),
  invocation(1, 560, 11e-6),
];

function batches(change: Partial<Batches> = {}): Batches {
  return {
    memoryMb: 512,
    currency: 'USD',
    warm: WARM,
    records: [10, 100],
    triggers: [],
    ...change,
  };
}

function stream(mapping: Partial<Mapping>, source: Trigger['source'] = 'kinesis'): Trigger {
  return {
    source,
    arn: STREAM,
    unqualified: true,
    visibilityTimeoutSeconds: null,
    batchingWindowSeconds: 0,
    mapping: {
      batchSize: 100,
      parallelization: null,
      maxConcurrency: null,
      retries: null,
      maxRecordAgeSeconds: null,
      bisects: false,
      reportsItemFailures: false,
      failureDestination: null,
      ...mapping,
    },
  };
}

describe('record-batches', () => {
  test('tells what a record takes and costs in each batch, and what the batch itself takes', () => {
    // (550 − 100) ÷ (100 − 10) = 5 ms a record, and 100 − 10 × 5 = 50 ms for the batch.
    // 2e-6 USD for 10 records are 0.2 USD per million, 10e-6 for 100 are 0.1.
    const [advice] = recordAdvice(batches());
    if (advice?.code !== 'record-batches') throw new Error('wanted record-batches');
    expect(advice.batches).toMatchObject([
      { payload: 0, records: 10, invocations: 2, durationMs: { mean: 100 }, msPerRecord: 10 },
      { payload: 1, records: 100, invocations: 2, durationMs: { mean: 550 }, msPerRecord: 5.5 },
    ]);
    expect(advice.batches.map((each) => each.costUsdPerMillionRecords)).toEqual([
      expect.closeTo(0.2, 9),
      expect.closeTo(0.1, 9),
    ]);
    expect(advice.line?.perRecordMs).toBeCloseTo(5, 9);
    expect(advice.line?.perBatchMs).toBeCloseTo(50, 9);
  });

  test('record advice splits no time into record and batch where only one batch size was measured', () => {
    expect(recordAdvice(batches({ records: [10, null] }))).toMatchObject([{ line: null }]);
  });

  test.each([[[null, null]], [[1, 1]], [[0, null]]])(
    'nothing is said of payloads with %j records',
    (records) => {
      expect(recordAdvice(batches({ records, triggers: [stream({})] }))).toEqual([]);
    },
  );

  test('record advice says nothing where no batch was measured warm', () => {
    expect(recordAdvice(batches({ warm: [] }))).toEqual([]);
  });
});

describe('batch-rate', () => {
  function rateOf(trigger: Trigger) {
    return recordAdvice(batches({ triggers: [trigger] })).find(({ code }) => code === 'batch-rate');
  }

  test('the rate of a shard is that of batches handled one after the other', () => {
    // 100 records ÷ 0.55 s.
    const advice = rateOf(stream({}));
    if (advice?.code !== 'batch-rate') throw new Error('wanted batch-rate');
    expect(advice).toMatchObject({ per: 'shard', atOnce: 1, records: 100, takesPerSecond: 1000 });
    expect(advice.recordsPerSecond.estimate).toBeCloseTo(181.82, 2);
    expect(advice.recordsPerSecond.low).toBeLessThan(181.82);
    expect(advice.recordsPerSecond.high).toBeGreaterThan(181.82);
    expect(advice.fits).toBe(false);
  });

  test('a shard with several batches at once handles as many times more records', () => {
    expect(rateOf(stream({ parallelization: 10 }))).toMatchObject({
      atOnce: 10,
      recordsPerSecond: { estimate: expect.closeTo(1818.2, 1) as unknown },
    });
  });

  test('the rate of a shard is for the largest measured batch that the mapping allows', () => {
    expect(rateOf(stream({ batchSize: 99 }))).toMatchObject({ records: 10, batchSize: 99 });
    expect(rateOf(stream({ batchSize: 9 }))).toBeUndefined();
  });

  test('record advice for a DynamoDB stream names no limit of records for each shard', () => {
    expect(rateOf(stream({}, 'dynamodb'))).toMatchObject({ takesPerSecond: null, fits: null });
  });

  test('a queue is bound by the concurrency of its mapping, and by nothing without one', () => {
    expect(rateOf(stream({ maxConcurrency: 5 }, 'sqs'))).toMatchObject({ per: 'queue', atOnce: 5 });
    expect(rateOf(stream({}, 'sqs'))).toBeUndefined();
  });
});
