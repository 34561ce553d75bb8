import { expect, test } from 'vitest';
import type { ExecutionEvent } from '../../../../src/contract/shared/execution.ts';
import { STAGES } from '../../../../src/contract/tune/stages.ts';
import { HistoryReader } from '../../../../src/api/shared/cloud/history-reader.ts';
import type { StageEvent } from '../../../../src/api/shared/cloud/stage-event.ts';

const T0 = Date.parse('2026-11-21T12:00:00Z');

/** Events as `[type, facts]`, numbered in order, a second apart. */
function history(
  ...events: readonly (readonly [type: string, facts?: Partial<ExecutionEvent>])[]
): readonly ExecutionEvent[] {
  return events.map(([type, facts], index) => ({
    id: index + 1,
    type,
    atMs: T0 + index * 1000,
    stateName: null,
    output: null,
    error: null,
    timeoutSeconds: null,
    ...facts,
  }));
}

function read(reader: HistoryReader, events: readonly ExecutionEvent[]): readonly StageEvent[] {
  return events.flatMap((event) => reader.read(event));
}

const ENTERED = ['TaskStateEntered', { stateName: 'SetMemory' }] as const;
const SCHEDULED = ['LambdaFunctionScheduled', { timeoutSeconds: 60 }] as const;
const STARTED = ['LambdaFunctionStarted'] as const;

test('functions go by the name of the state that was entered last', () => {
  const output = JSON.stringify({
    warnings: [],
    deletedVersions: ['7'],
    failure: null,
    leaving: null,
  });
  const events = history(
    ['ExecutionStarted'],
    ['TaskStateEntered', { stateName: 'CleanUp' }],
    SCHEDULED,
    STARTED,
    ['LambdaFunctionSucceeded', { output }],
    ['TaskStateExited', { stateName: 'CleanUp' }],
    ['ChoiceStateEntered', { stateName: 'Failed?' }],
    ['ExecutionSucceeded'],
  );
  const reader = new HistoryReader(STAGES);
  expect(read(reader, events)).toEqual([
    { kind: 'task-started', stateName: 'CleanUp' },
    {
      kind: 'task-succeeded',
      stateName: 'CleanUp',
      output: { warnings: [], deletedVersions: ['7'], failure: null, leaving: null },
    },
  ]);
  expect(reader.ended).toBe(true);
  expect(reader.lastId).toBe(8);
  expect(reader.underWay).toBeNull();
});

test('a function that is scheduled after it failed is a retry, with the wait between', () => {
  const events = history(
    ENTERED,
    SCHEDULED,
    STARTED,
    ['LambdaFunctionFailed', { error: 'Lambda.ServiceException' }],
    ['LambdaFunctionScheduled', { atMs: T0 + 5500 }],
    STARTED,
  );
  expect(read(new HistoryReader(STAGES), events)).toEqual([
    { kind: 'task-started', stateName: 'SetMemory' },
    { kind: 'retry', stateName: 'SetMemory', error: 'Lambda.ServiceException', delayMs: 2500 },
    { kind: 'task-started', stateName: 'SetMemory' },
  ]);
});

test.each([
  ['LambdaFunctionFailed', 'TargetLocked'],
  ['LambdaFunctionTimedOut', 'States.Timeout'],
  ['LambdaFunctionScheduleFailed', 'Lambda.AWSLambdaException'],
  ['LambdaFunctionStartFailed', 'Lambda.AWSLambdaException'],
  ['TaskFailed', 'S3.S3Exception'],
])('a state that is left after %s was left by a catcher', (type, error) => {
  const events = history(
    ENTERED,
    SCHEDULED,
    STARTED,
    [type, { error }],
    ['TaskStateExited', { stateName: 'SetMemory' }],
  );
  expect(read(new HistoryReader(STAGES), events).at(-1)).toEqual({
    kind: 'caught',
    stateName: 'SetMemory',
    error,
  });
});

test('an abort leaves the function that was under way, until its own time is over', () => {
  const reader = new HistoryReader(STAGES);
  read(reader, history(ENTERED, SCHEDULED, STARTED, ['ExecutionAborted']));
  expect(reader.ended).toBe(true);
  expect(reader.underWay).toEqual({ stage: 'SetMemory', untilMs: T0 + 1000 + 60_000 });
});

test.each([
  ['no leave to read outputs', null],
  ['another version of the workflow', '{"deleted":3}'],
])('%s: the stage is shown, what it returned is passed over', (_, output) => {
  const events = history(['TaskStateEntered', { stateName: 'CleanUp' }], SCHEDULED, STARTED, [
    'LambdaFunctionSucceeded',
    { output },
  ]);
  expect(read(new HistoryReader(STAGES), events)).toEqual([
    { kind: 'task-started', stateName: 'CleanUp' },
  ]);
});
