import { expect, test } from 'vitest';
import { CHECK_STAGES } from '../../src/contract/check/check-stages.ts';
import { playWorkflow } from '../../src/emulator/index.ts';
import { definitionText, namedStates, type Definition } from './definition-file.ts';
import { CALL_LOST } from './died-names.ts';

const definition = JSON.parse(definitionText('check')) as Definition;
const states = Object.entries(definition.States);
const tasks = states.filter(([, state]) => state.Type === 'Task');

test('every Task has a row in the stage table, and every row a Task', () => {
  expect(Object.fromEntries(tasks.map(([name, state]) => [name, state.Resource]))).toEqual(
    Object.fromEntries(Object.entries(CHECK_STAGES).map(([name, row]) => [name, row.resource])),
  );
});

test('every state that is named exists, and every state is reached', () => {
  expect(namedStates(definition)).toEqual(states.map(([name]) => name).sort());
});

test('every Task ends in its own time, and every error but a Measure that never reported back ends the check', () => {
  for (const [name, state] of tasks) {
    expect(state.TimeoutSeconds, name).toBeGreaterThan(0);
    expect(
      state.Catch?.map(({ ErrorEquals, Next }) => [...ErrorEquals, Next]),
      name,
    ).toEqual([
      ...(name === 'Measure' ? [[...CALL_LOST, 'Too many calls lost?']] : []),
      ['States.DataLimitExceeded', 'Failed'],
      ['States.ALL', 'Failed'],
    ]);
  }
});

test('a stage that invokes is tried again only where its function cannot have run', () => {
  for (const name of ['Inspect', 'Measure']) {
    expect(
      definition.States[name]?.Retry?.map(({ ErrorEquals }) => ErrorEquals),
      name,
    ).toEqual([['Lambda.TooManyRequestsException']]);
  }
});

test('a stage that died is never called again with the same work: nobody knows what it had invoked', () => {
  for (const [name, state] of tasks) {
    const again = (state.Retry ?? []).flatMap((rule) =>
      rule.ErrorEquals.filter((error) => /^(Runtime|Sandbox)\.|Unknown|Timeout$/.test(error)),
    );
    expect(again, name).toEqual([]);
  }
});

test('the player implements every field of the definition of a check', async () => {
  const nothing = Object.fromEntries(
    Object.values(CHECK_STAGES).map((row) => [
      row.resource,
      () => Promise.reject(new Error('never asked')),
    ]),
  );
  const outcome = await playWorkflow({ definition, input: {}, tasks: nothing });
  expect(outcome.status).toBe('FAILED');
});
