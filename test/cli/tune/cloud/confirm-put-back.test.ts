import { expect, test } from 'vitest';
import { AwsError, type AwsErrorKind } from '../../../../src/contract/shared/aws-error.ts';
import type { FunctionConfiguration } from '../../../../src/contract/shared/function-configuration.ts';
import {
  confirmPutBack,
  type PutBackConfirmation,
} from '../../../../src/cli/tune/cloud/confirm-put-back.ts';
import type { StageUnderWay } from '../../../../src/api/shared/cloud/history-reader.ts';

const JOURNAL = '[powerdial run-1 #1 set 1024MB/60s was 512MB/30s until 2099-01-01T00:00Z] mine';
const MARK = 'powerdial run-1 #1 1024MB above 0 until 2099-01-01T00:00Z';
const OTHERS = 'powerdial run-2 #1 1024MB above 0 until 2099-01-01T00:00Z';

/** What is on the function from a second on: its description, and the descriptions of versions. */
type Moment = readonly [fromSeconds: number, description: string, versions?: readonly string[]];

/** A function that changes as time passes, and a clock that only waits make pass. */
async function confirm(
  moments: readonly Moment[],
  options: {
    readonly underWay?: StageUnderWay;
    readonly alias?: string;
    readonly failure?: AwsErrorKind;
  } = {},
): Promise<{ readonly confirmation: PutBackConfirmation; readonly seconds: number }> {
  let nowMs = 0;
  const at = (): Moment => moments.findLast(([from]) => from * 1000 <= nowMs) ?? [0, ''];
  const fail = (kind: AwsErrorKind): never => {
    throw new AwsError({
      kind,
      action: 'lambda:GetFunctionConfiguration',
      resource: 'orders',
      code: 'NoException',
      message: 'no',
    });
  };
  const confirmation = await confirmPutBack({
    deps: {
      readConfiguration: async () => {
        if (options.failure !== undefined) fail(options.failure);
        return Promise.resolve({ description: at()[1] } as FunctionConfiguration);
      },
      listVersions: () =>
        Promise.resolve(
          (at()[2] ?? []).map(
            (description, index) =>
              ({ description, version: String(index + 1) }) as FunctionConfiguration,
          ),
        ),
      listAliases: () =>
        Promise.resolve(
          options.alias === undefined
            ? []
            : [{ name: 'live', version: options.alias, revisionId: '', additionalVersions: [] }],
        ),
    },
    functionName: 'orders',
    run: 'run-1',
    underWay: options.underWay ?? null,
    now: () => nowMs,
    sleep: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
  });
  return { confirmation, seconds: nowMs / 1000 };
}

test('a function on which nothing of the run stands is confirmed at once', async () => {
  expect(await confirm([[0, 'mine', [OTHERS]]])).toEqual({
    confirmation: { kind: 'confirmed', inUse: [] },
    seconds: 0,
  });
});

test('the confirmation waits for the rule, and for its second try after two minutes', async () => {
  const { confirmation, seconds } = await confirm([
    [0, JOURNAL, [MARK]],
    [5, 'mine', [MARK]],
    [125, 'mine'],
  ]);
  expect(confirmation.kind).toBe('confirmed');
  expect(seconds).toBeGreaterThanOrEqual(125);
});

test('the confirmation waits out the time of a SetMemory under way, which may yet leave a journal', async () => {
  const underWay = { stage: 'SetMemory', untilMs: 60_000 };
  const { confirmation, seconds } = await confirm(
    [
      [0, 'mine'],
      [30, JOURNAL],
      [70, 'mine'],
    ],
    { underWay },
  );
  expect(confirmation.kind).toBe('confirmed');
  expect(seconds).toBeGreaterThanOrEqual(70);
});

test('the confirmation does not wait for a Measure under way, which can leave nothing', async () => {
  const { seconds } = await confirm([[0, 'mine']], {
    underWay: { stage: 'Measure', untilMs: 900_000 },
  });
  expect(seconds).toBe(0);
});

test('a version that an alias points at stays, and is said', async () => {
  expect(await confirm([[0, 'mine', [MARK]]], { alias: '1' })).toMatchObject({
    confirmation: { kind: 'confirmed', inUse: ['1'] },
  });
});

test('a change that is still there after three minutes is unconfirmed, and said', async () => {
  const { confirmation, seconds } = await confirm([[0, JOURNAL, [MARK]]]);
  expect(confirmation).toEqual({
    kind: 'unconfirmed',
    why: '$LATEST still carries the journal of run run-1 and version 1 of run run-1 is still there',
  });
  expect(seconds).toBeLessThanOrEqual(180);
});

test.each([
  ['denied', 0],
  ['not-found', 0],
  ['unavailable', 180],
] as const)('a put-back is unconfirmed where calls are %s, after %i s', async (failure, wanted) => {
  const { confirmation, seconds } = await confirm([[0, 'mine']], { failure });
  expect(confirmation).toEqual({
    kind: 'unconfirmed',
    why: 'lambda:GetFunctionConfiguration on orders answered NoException: no',
  });
  expect(seconds).toBe(wanted);
});
