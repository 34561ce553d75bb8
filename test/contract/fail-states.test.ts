import { expect, test } from 'vitest';
import { ERROR_NAMES } from '../../src/contract/shared/errors.ts';
import type { Json } from '../../src/contract/shared/json.ts';
import { STAGES } from '../../src/contract/tune/stages.ts';
import { playWorkflow } from '../../src/emulator/index.ts';
import { cleanUp } from '../../src/stages/tune/clean-up.ts';
import { notPutBack } from '../../src/words/refusals/not-put-back.ts';
import { definitionText, type Definition } from './definition-file.ts';

/**
 * "States can report errors with other names. However, these error names can't begin with the States.
 * prefix" (Step Functions guide, "Handling errors in Step Functions workflows", 2026-11); the names are the
 * ones that the guide lists there.
 */
const RESERVED: readonly string[] = [
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.Http.Socket',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
];

type Kind = 'tune' | 'check';

interface Failure {
  readonly Error?: string;
  readonly Cause?: string;
}

/** How a Fail state of a workflow ends the execution, given the variables that lead to it. */
async function endOf(
  kind: Kind,
  name: string,
  variables: Readonly<Record<string, Json>>,
  input: Json = { function: 'orders' },
): Promise<{ readonly error?: string | undefined; readonly cause?: string | undefined }> {
  const { States } = JSON.parse(definitionText(kind)) as Definition;
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Given',
    States: { Given: { Type: 'Pass', Assign: variables, Next: name }, [name]: States[name] },
  };
  const outcome = await playWorkflow({ definition, input, tasks: {} });
  if (outcome.status !== 'FAILED') throw new Error(outcome.status);
  return outcome;
}

/** Ends a workflow as a stage that failed does: CleanUp of a run that changed nothing does its own work. */
async function endByFailure(kind: Kind, failure: Failure) {
  if (kind === 'check') return endOf('check', 'Failed', { failure: { ...failure } });
  const state = {
    run: { id: 'run-7', executionArn: 'embedded:run-7', startedAt: '2026-11-21T12:00:00.000Z' },
    function: 'orders',
    target: null,
    publishing: null,
    result: null,
    failure,
    leaving: null,
    history: null,
  };
  const context = { remainingMs: () => 60_000 };
  const cleaned = await cleanUp(STAGES.CleanUp.reads.parse(state), {} as never, context);
  return endOf('tune', 'Failed', { cleanUp: cleaned });
}

async function endNotPutBack(notPutBack: Failure, input?: Json) {
  const variables: Record<string, Json> = {
    run: { id: 'run-7' },
    target: null,
    failure: { Error: 'TrialFailed', Cause: 'bad payload' },
    notPutBack: { ...notPutBack },
  };
  return endOf('tune', 'Not put back', variables, input);
}

test.each(
  (['tune', 'check'] as const).flatMap((kind) => RESERVED.map((error) => ({ kind, error }))),
)(
  '$kind reports $error under a name of ours, and says in the cause which it was',
  async ({ kind, error }) => {
    const outcome = await endByFailure(kind, { Error: error, Cause: '' });
    expect(ERROR_NAMES).toContain(outcome.error);
    expect(outcome.error).not.toMatch(/^States\./);
    expect(outcome.cause).toMatch(/^[A-Z].*\.$/);
    expect(outcome.cause).toContain(error);
    const explained = await endByFailure(kind, { Error: error, Cause: 'after 60 seconds' });
    expect(explained.cause).toContain('after 60 seconds');
  },
);

test.each(['tune', 'check'] as const)('%s reports other names as they are', async (kind) => {
  for (const error of ['TrialFailed', 'Lambda.Unknown', 'Sandbox.Timedout', 'StatesOfMind']) {
    expect(await endByFailure(kind, { Error: error, Cause: 'why' })).toMatchObject({
      error,
      cause: 'why',
    });
  }
});

test.each(['tune', 'check'] as const)(
  'every Fail state of %s that takes its error from elsewhere maps reserved names',
  (kind) => {
    const { States } = JSON.parse(definitionText(kind)) as Definition;
    for (const [name, state] of Object.entries(States)) {
      if (state.Type !== 'Fail') continue;
      const { Error: error } = state as { readonly Error?: string };
      expect(error, name).not.toMatch(/^States\./);
      if (error?.startsWith('{%') === true) expect(error, name).toContain('/^States\\./');
    }
  },
);

const TRACE = ['at Runtime.handler (file:///var/task/index.mjs:1:1)'];

test.each<[what: string, failure: Failure, why: string]>([
  ['no cause', { Error: 'States.Timeout' }, 'States.Timeout'],
  ['an empty cause', { Error: 'Runtime.ExitError', Cause: '' }, 'Runtime.ExitError'],
  ['neither name nor cause', {}, 'without a name'],
  ['a bare word', { Error: 'Lambda.Unknown', Cause: 'internal' }, 'internal'],
  ['an error of Lambda', { Error: 'PermissionMissing', Cause: lambdaError('denied') }, 'denied'],
  [
    'a raw trace',
    { Error: 'TypeError', Cause: `x is undefined\n ${TRACE.join('')}` },
    'x is undef',
  ],
])(
  'NotPutBack says why, what may be left and the command, where CleanUp ended with %s',
  async (_what, failure, why) => {
    const { error, cause } = await endNotPutBack(failure);
    expect(error).toBe('NotPutBack');
    expect(cause).toContain(why);
    expect(cause).toContain('Put orders back after run run-7');
    expect(cause).toContain('may still be there');
    expect(cause).toContain('Run `powerdial restore orders`');
    // What the run itself failed with is not lost, and no trace is shown.
    expect(cause).toContain('TrialFailed');
    expect(cause).not.toContain('index.mjs');
  },
);

test('NotPutBack reads the same from a stage and from the workflow', async () => {
  const why = { kind: 'error', text: 'States.Timeout: why' } as const;
  const { message } = notPutBack('orders', 'run-7', why);
  const last = 'The run itself had ended with TrialFailed.';
  for (const failure of [
    { Error: 'NotPutBack', Cause: lambdaError(message) },
    { Error: 'States.Timeout', Cause: 'why' },
  ]) {
    expect((await endNotPutBack(failure)).cause).toBe(`${message} ${last}`);
  }
});

test('NotPutBack names the function of the input of aws-lambda-power-tuning', async () => {
  const lambdaARN = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
  const { cause } = await endNotPutBack({ Error: 'States.Timeout' }, { lambdaARN, num: 5 });
  expect(cause).toContain(`powerdial restore ${lambdaARN}`);
});

test('what CleanUp ends with is kept beside what the run ended with', () => {
  const { States } = JSON.parse(definitionText('tune')) as Definition;
  const catchers = States['CleanUp']?.Catch ?? [];
  expect(catchers.map(({ Next }) => Next)).toEqual(catchers.map(() => 'Not put back'));
  for (const catcher of catchers) {
    expect(catcher).toMatchObject({ Assign: { notPutBack: '{% $states.errorOutput %}' } });
  }
});

/** As Step Functions gets it from a function that threw. */
function lambdaError(errorMessage: string): string {
  return JSON.stringify({ errorType: 'Error', errorMessage, trace: TRACE });
}
