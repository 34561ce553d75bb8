import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CHECK_STAGES } from '../../src/contract/check-stages.ts';
import { playWorkflow } from '../../src/local/player/play.ts';

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

const definition = JSON.parse(readFileSync('state-machine/check.asl.json', 'utf8')) as {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
};
const states = Object.entries(definition.States);
const tasks = states.filter(([, state]) => state.Type === 'Task');

test('every Task has a row in the stage table, and every row a Task', () => {
  expect(Object.fromEntries(tasks.map(([name, state]) => [name, state.Resource]))).toEqual(
    Object.fromEntries(Object.entries(CHECK_STAGES).map(([name, row]) => [name, row.resource])),
  );
});

test('every state that is named exists, and every state is reached', () => {
  const named = new Set([definition.StartAt]);
  for (const [, state] of states) {
    for (const next of [
      state.Next,
      state.Default,
      ...(state.Choices ?? []).map((rule) => rule.Next),
      ...(state.Catch ?? []).map((rule) => rule.Next),
    ]) {
      if (next !== undefined) named.add(next);
    }
  }
  expect([...named].sort()).toEqual(states.map(([name]) => name).sort());
});

test('every Task ends in its own time, and every error ends the check', () => {
  for (const [name, state] of tasks) {
    expect(state.TimeoutSeconds, name).toBeGreaterThan(0);
    expect(
      state.Catch?.map(({ ErrorEquals, Next }) => [...ErrorEquals, Next]),
      name,
    ).toEqual([
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

test('the player implements every field of it', async () => {
  const nothing = Object.fromEntries(
    Object.values(CHECK_STAGES).map((row) => [
      row.resource,
      () => Promise.reject(new Error('never asked')),
    ]),
  );
  const outcome = await playWorkflow({ definition, input: {}, tasks: nothing });
  expect(outcome.status).toBe('FAILED');
});
