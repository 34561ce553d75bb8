import { expect, test } from 'vitest';
import { AwsError, type AwsErrorKind } from '../../src/contract/shared/aws-error.ts';
import { PowerdialError } from '../../src/contract/shared/errors.ts';
import type { ExecutionDescription } from '../../src/contract/shared/execution.ts';
import type { StageInput, StageOutput } from '../../src/contract/tune/stages.ts';
import { cleanUpAfter } from '../../src/cloud/clean-up-after.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012:execution:powerdial-1:run-1';
const ENDED: ExecutionDescription = {
  executionArn: ARN,
  name: 'run-1',
  status: 'ABORTED',
  startedAt: '2026-11-21T12:00:00.000Z',
  input: '{"function":"orders"}',
  error: null,
  redriveCount: 0,
};

/** What comes of it, and what CleanUp was called with. */
async function after(
  described: Partial<ExecutionDescription>,
  options: {
    readonly redriveCount?: number;
    readonly fails?: Error;
    /** What its history tells of; `denied`: it may not be read. */
    readonly entered?: readonly string[] | null | 'denied';
    /** A version that AWS does not delete yet. */
    readonly pending?: string;
    readonly comesAgain?: boolean;
  } = {},
) {
  const calls: StageInput<'CleanUp'>[] = [];
  const came = await cleanUpAfter(
    {
      executionArn: ARN,
      redriveCount: options.redriveCount ?? 0,
      comesAgain: options.comesAgain ?? false,
    },
    {
      describe: () => Promise.resolve({ ...ENDED, ...described }),
      enteredStates: () =>
        options.entered === 'denied'
          ? Promise.reject(awsError('denied'))
          : Promise.resolve(options.entered ?? null),
    },
    (state) => {
      calls.push(state);
      return options.fails === undefined
        ? Promise.resolve({
            warnings: [],
            deletedVersions: ['7'],
            failure: null,
            leaving: options.pending === undefined ? null : leavingOnly(options.pending),
          })
        : Promise.reject(options.fails);
    },
  );
  return { came, calls };
}

function leavingOnly(version: string): StageOutput<'CleanUp'>['leaving'] {
  return {
    versions: [version],
    deletedVersions: ['7'],
    waitSeconds: 5,
    waited: 1,
    waitedSeconds: 5,
  };
}

function awsError(kind: AwsErrorKind): AwsError {
  return new AwsError({
    kind,
    action: 'lambda:GetFunctionConfiguration',
    resource: 'orders',
    code: kind,
    message: kind,
  });
}

function failure(name: 'AwsCallFailed' | 'PermissionMissing', kind: AwsErrorKind): PowerdialError {
  return new PowerdialError(name, kind, { cause: awsError(kind) });
}

test('CleanUp after an ended execution works from the run’s name and function alone', async () => {
  const { came, calls } = await after({});
  expect(came).toMatchObject({ kind: 'cleaned', function: 'orders' });
  expect(calls).toEqual([
    {
      run: { id: 'run-1', executionArn: ARN, startedAt: '2026-11-21T12:00:00.000Z' },
      function: 'orders',
      target: null,
      publishing: null,
      result: null,
      failure: null,
      leaving: null,
      history: null,
    },
  ]);
});

test('CleanUp after an ended execution finds the function of aws-lambda-power-tuning’s input as well', async () => {
  const lambdaARN = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
  const { calls } = await after({ input: JSON.stringify({ lambdaARN, num: 5 }) });
  expect(calls[0]?.function).toBe(lambdaARN);
});

test('an execution that is still called RUNNING right after its end is cleaned up after', async () => {
  expect((await after({ status: 'RUNNING' })).calls).toHaveLength(1);
  expect(
    (await after({ status: 'RUNNING', redriveCount: 2 }, { redriveCount: 2 })).calls,
  ).toHaveLength(1);
});

test('a redriven execution lives, and is left alone', async () => {
  const { came, calls } = await after({ status: 'RUNNING', redriveCount: 1 });
  expect(came).toMatchObject({
    kind: 'nothing-to-do',
    reason: expect.stringMatching(/redriven/) as string,
  });
  expect(calls).toEqual([]);
});

test('an execution that ended a second time is cleaned up after, also by the event of its first end', async () => {
  expect((await after({ status: 'FAILED', redriveCount: 1 })).calls).toHaveLength(1);
});

test.each(['{}', '{"function":7}', '[]', '"orders"', 'null'])(
  'there is nothing to clean up where the input names no function: %s',
  async (input) => {
    const { came, calls } = await after({ status: 'FAILED', input });
    expect(came.kind).toBe('nothing-to-do');
    expect(calls).toEqual([]);
  },
);

test('there is nothing to clean up where the function no longer exists', async () => {
  const { came } = await after({}, { fails: failure('AwsCallFailed', 'not-found') });
  expect(came.kind).toBe('nothing-to-do');
});

const ENDED_EARLY = ['Inspect', 'CleanUp', 'Cleaned up?', 'Failed'];
const DENIED = failure('PermissionMissing', 'denied');

test.each<[string, Partial<ExecutionDescription>, readonly string[]]>([
  ['was turned away', { status: 'FAILED', error: 'PermissionMissing' }, ENDED_EARLY],
  ['had a typing error in its input', { status: 'FAILED', error: 'InvalidInput' }, ENDED_EARLY],
  ['died in Inspect', { status: 'FAILED', error: 'Lambda.Unknown' }, ENDED_EARLY],
  ['was aborted in Inspect', { status: 'ABORTED' }, ['Inspect']],
  ['ran out of time before it changed anything', { status: 'TIMED_OUT' }, ['Inspect', 'Dry run?']],
])(
  'there is nothing to clean up where a run %s and its function may not be touched',
  async (_what, described, entered) => {
    const { came } = await after(described, { fails: DENIED, entered });
    expect(came.kind).toBe('nothing-to-do');
  },
);

test.each<[string, readonly string[] | null | 'denied']>([
  ['a size was set', ['Inspect', 'Dry run?', 'Plan', 'More to measure?', 'SetMemory']],
  ['the result was applied', ['Recommend', 'CleanUp', 'Cleaned up?', 'Apply?', 'Apply']],
  ['the history does not show its end', null],
  ['the history may not be read', 'denied'],
])('a denied clean-up fails where %s, whatever the run ended with', async (_why, entered) => {
  for (const error of [null, 'PermissionMissing', 'InvalidInput', 'NotPutBack']) {
    await expect(
      after({ status: 'FAILED', error }, { fails: DENIED, entered }),
    ).rejects.toMatchObject({ name: 'NotPutBack', cause: DENIED });
  }
});

test.each<[string, Partial<ExecutionDescription>, PowerdialError]>([
  ['permission is missing by now', { status: 'ABORTED' }, failure('PermissionMissing', 'denied')],
  [
    'the workflow’s own clean-up failed for want of permission',
    { status: 'FAILED', error: 'NotPutBack' },
    failure('PermissionMissing', 'denied'),
  ],
  ['AWS does not answer', {}, failure('AwsCallFailed', 'unavailable')],
  ['it could not be put back', {}, new PowerdialError('NotPutBack', 'an update is in progress')],
])(
  'a clean-up after an ended execution fails where %s, so that it is tried again',
  async (_why, described, fails) => {
    const error = await after(described, { fails }).then(
      () => null,
      (reason: unknown) => reason as PowerdialError,
    );
    expect(error?.name).toBe('NotPutBack');
    // Whoever reads the log or the dead-letter queue learns why, and what to do.
    expect(error?.message).toContain(fails.message.replace(/\.$/, ''));
    if (fails.name !== 'NotPutBack') {
      expect(error?.message).toContain(fails.name);
      expect(error?.message).toContain('Run `powerdial restore orders`');
    }
  },
);

test('a clean-up fails, with a word about decryption, where the input of the execution is withheld', async () => {
  await expect(after({ input: null })).rejects.toThrow(/decrypt/);
});

test('a version that is still pending is left to the queue by the call at once, and brought again by the one from the queue', async () => {
  const { came } = await after({}, { pending: '8' });
  expect(came).toEqual({ kind: 'versions-left', function: 'orders', versions: ['8'] });
  await expect(after({}, { pending: '8', comesAgain: true })).rejects.toMatchObject({
    name: 'NotPutBack',
    message: expect.stringMatching(/version 8 of orders.*powerdial restore orders/) as string,
  });
});
