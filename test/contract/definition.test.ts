import { expect, test } from 'vitest';
import { ERROR_NAMES } from '../../src/contract/shared/errors.ts';
import { STAGES, STORE_RESULT } from '../../src/contract/tune/stages.ts';
import { playWorkflow } from '../../src/emulator/index.ts';
import { definitionText, namedStates, type Definition } from './definition-file.ts';

const text = definitionText('tune');
const definition = JSON.parse(text) as Definition;
const states = Object.entries(definition.States);
const allTasks = states.filter(([, state]) => state.Type === 'Task');
/** Those that a stage carries out. */
const tasks = allTasks.filter(([name]) => name !== STORE_RESULT.state);

/** Errors that Step Functions gives to a Lambda task by itself (Step Functions guide, "Handling errors"). */
const LAMBDA_ERRORS = ['Sandbox.Timedout', 'Runtime.ExitError', 'Runtime.OutOfMemory'];

/**
 * The names under which Step Functions reports a function of Lambda that never answered. By the guide
 * ("Handle Lambda service exceptions", 2026-11) out of memory and timeouts are `Lambda.Unknown`; public
 * workflows match what Lambda itself calls them, so either may come.
 */
const FUNCTION_DIED = ['States.Timeout', 'Lambda.Unknown', ...LAMBDA_ERRORS];

test('every Task has a row in the stage table, and every row a Task', () => {
  expect(Object.fromEntries(tasks.map(([name, state]) => [name, state.Resource]))).toEqual(
    Object.fromEntries(Object.entries(STAGES).map(([name, row]) => [name, row.resource])),
  );
});

test('every state that is named exists, and every state is reached', () => {
  expect(namedStates(definition)).toEqual(states.map(([name]) => name).sort());
});

test('every error that is matched is known', () => {
  const known = (name: string): boolean =>
    /^(States|Lambda)\.\w+$/.test(name) ||
    LAMBDA_ERRORS.includes(name) ||
    (ERROR_NAMES as readonly string[]).includes(name);
  const unknown = states.flatMap(([name, state]) =>
    [...(state.Retry ?? []), ...(state.Catch ?? [])]
      .flatMap((rule) => rule.ErrorEquals)
      .filter((error) => !known(error))
      .map((error) => `${name}: ${error}`),
  );
  expect(unknown).toEqual([]);
});

/** Nothing depends on what production did: without it the run goes on. */
const PASSING = 'ReadHistory';

test('every Task ends within its own time and hands every error to the clean-up, and ReadHistory to Plan', () => {
  for (const [name, state] of tasks) {
    expect(state.TimeoutSeconds, name).toBeGreaterThan(0);
    // Stages that change the target are through before the rule on aborted executions runs again.
    if (name !== 'Measure') expect(state.TimeoutSeconds, name).toBeLessThanOrEqual(60);
    const last = state.Catch?.at(-1);
    expect(last?.ErrorEquals, name).toEqual(['States.ALL']);
    const next = name === 'CleanUp' ? 'Not put back' : name === PASSING ? 'Plan' : 'CleanUp';
    expect(last?.Next, name).toBe(next);
    // By the Step Functions guide, States.ALL does not match this one.
    expect(state.Catch).toContainEqual(
      expect.objectContaining({ ErrorEquals: ['States.DataLimitExceeded'], Next: next }),
    );
  }
});

test('where a state goes on after a stage that died, it does so under every name that this is reported by', () => {
  const rules = states.flatMap(([name, state]) =>
    [...(state.Retry ?? []), ...(state.Catch ?? [])].map(({ ErrorEquals }) => ({
      name,
      named: ErrorEquals.filter((error) => FUNCTION_DIED.includes(error)).toSorted(),
    })),
  );
  const goingOn = rules.filter(({ named }) => named.length > 0);
  expect(goingOn.map(({ name }) => name)).toEqual(expect.arrayContaining(['Restore', 'Measure']));
  for (const { name, named } of goingOn) expect(named, name).toEqual(FUNCTION_DIED.toSorted());
});

test('a result that cannot be kept in the bucket is still the output', () => {
  const store = definition.States[STORE_RESULT.state];
  expect(store?.Resource).toBe(STORE_RESULT.resource);
  expect(store?.Next).toBe('Done');
  expect(store?.Catch?.map((rule) => [...rule.ErrorEquals, rule.Next])).toEqual([
    ['States.DataLimitExceeded', 'Done'],
    ['States.ALL', 'Done'],
  ]);
});

test('an invocation of the target is never repeated by a retry of its stage', () => {
  for (const name of ['Measure', 'Inspect']) {
    expect(
      definition.States[name]?.Retry?.flatMap((rule) => rule.ErrorEquals),
      name,
    ).toEqual(['Lambda.TooManyRequestsException']);
  }
});

test('the time that a run may take is the one that its journals name', () => {
  const inspect = definition.States['Inspect'] as unknown as {
    Arguments: { maxRunSeconds: number };
  };
  expect(inspect.Arguments.maxRunSeconds).toBe(definition.TimeoutSeconds);
});

test('the player implements every field of the definition of a run', async () => {
  const tasksOfNothing = Object.fromEntries(
    [...Object.values(STAGES), STORE_RESULT].map((row) => [
      row.resource,
      () => Promise.reject(new Error('never asked')),
    ]),
  );
  const clock = { now: Date.now, sleep: () => Promise.resolve() };
  const outcome = await playWorkflow({ definition, input: {}, tasks: tasksOfNothing, clock });
  expect(outcome.status).toBe('FAILED');
});
