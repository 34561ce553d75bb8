import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { playWorkflow, type TaskFunction } from '../../../src/emulator/player/play.ts';
import { failing } from './failing.ts';
import { machine, playHere } from './play-here.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A task that takes 60 s and ends at once when it is told to. */
function obedient(clock: VirtualClock, seen: string[] = []): TaskFunction {
  return async (_, { signal }) => {
    await clock.sleep(60_000, signal);
    if (signal.aborted) {
      seen.push('told');
      throw new Error('Told to stop.');
    }
    return 'done';
  };
}

/** A task that never looks at its signal. */
function deaf(clock: VirtualClock): TaskFunction {
  return async () => {
    await clock.sleep(60_000);
    return 'done';
  };
}

const CATCH_ALL = {
  Retry: [{ ErrorEquals: ['Nothing'] }],
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
};
const TASK = { Type: 'Task', Resource: 'f', End: true, ...CATCH_ALL };
const CAUGHT = { Caught: { Type: 'Pass', Output: 'caught', End: true } };
const LONG: readonly (readonly [string, object])[] = [
  ['a wait', { Type: 'Wait', Seconds: 3600, End: true }],
  ['a wait for a time', { Type: 'Wait', Timestamp: '2027-01-01T00:00:00Z', End: true }],
  ['a task', TASK],
  [
    'the wait for a retry',
    {
      ...TASK,
      Resource: 'fails',
      Retry: [{ ErrorEquals: ['Boom'], IntervalSeconds: 3600 }],
    },
  ],
];

function tasks(clock: VirtualClock, seen: string[] = []) {
  return { f: obedient(clock, seen), fails: failing(['Boom', 'Boom']), deaf: deaf(clock) };
}

describe('abort', () => {
  it.each(LONG)('ends %s at once, and no Catch runs', async (_, state) => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    void clock.sleep(5_000).then(() => controller.abort());
    const { outcome, events } = await playHere(machine({ Long: state, ...CAUGHT }), {
      clock,
      signal: controller.signal,
      tasks: tasks(clock),
    });
    expect(outcome).toMatchObject({ status: 'ABORTED', transitions: 1, leftRunning: [] });
    expect(outcome.stoppedAtMs - outcome.startedAtMs).toBe(5_000);
    expect(events.at(-1)).toMatchObject({ kind: 'execution-aborted', previousId: 0 });
    expect(events.some(({ kind }) => kind === 'state-exited')).toBe(false);
  });

  it('tells the task, which may take its grace to end', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const seen: string[] = [];
    void clock.sleep(5_000).then(() => controller.abort());
    const slow: TaskFunction = async (_, { signal }) => {
      await clock.sleep(60_000, signal);
      await clock.sleep(400);
      seen.push('tidied up');
      return null;
    };
    const { outcome } = await playHere(machine({ Long: TASK, ...CAUGHT }), {
      clock,
      signal: controller.signal,
      tasks: { f: slow },
    });
    expect(seen).toEqual(['tidied up']);
    expect(outcome).toMatchObject({ status: 'ABORTED', leftRunning: [] });
    expect(outcome.stoppedAtMs - outcome.startedAtMs).toBe(5_400);
  });

  it('does not wait for a task that ignores it, and says so', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    void clock.sleep(5_000).then(() => controller.abort());
    const { outcome } = await playHere(
      machine({ Long: { ...TASK, Resource: 'deaf' }, ...CAUGHT }),
      {
        clock,
        signal: controller.signal,
        tasks: tasks(clock),
        graceMs: 250,
      },
    );
    expect(outcome).toMatchObject({ status: 'ABORTED', leftRunning: ['Long'] });
    expect(outcome.stoppedAtMs - outcome.startedAtMs).toBe(5_250);
  });

  it('before the start enters no state', async () => {
    const { outcome, events } = await playHere(machine({ Only: { Type: 'Succeed' } }), {
      signal: AbortSignal.abort(),
    });
    expect(outcome).toMatchObject({ status: 'ABORTED', transitions: 0 });
    expect(events.map(({ kind }) => kind)).toEqual(['execution-started', 'execution-aborted']);
  });

  it('ends states that never wait', async () => {
    const controller = new AbortController();
    let left = 20;
    const { outcome } = await playHere(machine({ Loop: { Type: 'Pass', Next: 'Loop' } }), {
      signal: controller.signal,
      onEvent: ({ kind }) => {
        if (kind === 'state-exited' && (left -= 1) === 0) setImmediate(() => controller.abort());
      },
    });
    expect(outcome.status).toBe('ABORTED');
    expect(outcome.transitions).toBeLessThan(100);
  });

  it('after the task’s end counts before the next state', async () => {
    const controller = new AbortController();
    const { outcome } = await playHere(
      machine({ First: { ...TASK, Next: 'Caught', End: false }, ...CAUGHT }),
      {
        signal: controller.signal,
        tasks: {
          f: () => {
            controller.abort();
            return Promise.reject(new Error('Aborted, and saying so first.'));
          },
        },
      },
    );
    expect(outcome).toMatchObject({ status: 'ABORTED', transitions: 1 });
  });

  it('works in real time', async () => {
    const controller = new AbortController();
    const running = playWorkflow({
      definition: machine({ Long: { Type: 'Wait', Seconds: 99_999_999, End: true } }),
      input: {},
      tasks: {},
      signal: controller.signal,
    });
    await delay(20);
    controller.abort();
    expect(await running).toMatchObject({ status: 'ABORTED' });
  });
});

describe('the whole workflow’s TimeoutSeconds', () => {
  it.each(LONG)('ends %s at once, and no Catch runs', async (_, state) => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const definition = machine({ Long: state, ...CAUGHT }, { TimeoutSeconds: 7 });
    const { outcome, events } = await playHere(definition, { clock, tasks: tasks(clock, seen) });
    expect(outcome).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout', transitions: 1 });
    expect(outcome.stoppedAtMs - outcome.startedAtMs).toBe(7_000);
    expect(seen).toEqual(state === TASK ? ['told'] : []);
    expect(events.at(-1)).toMatchObject({
      kind: 'execution-timed-out',
      error: 'States.Timeout',
      previousId: 0,
    });
  });

  it('counts over all states', async () => {
    const definition = machine(
      { Wait: { Type: 'Wait', Seconds: 3, Next: 'Again' }, Again: { Type: 'Pass', Next: 'Wait' } },
      { TimeoutSeconds: 10 },
    );
    const { outcome } = await playHere(definition);
    expect(outcome).toMatchObject({ status: 'TIMED_OUT', transitions: 7 });
    expect(outcome.stoppedAtMs - outcome.startedAtMs).toBe(10_000);
  });

  it('has no say when the workflow is done in time', async () => {
    const definition = machine(
      { Wait: { Type: 'Wait', Seconds: 9, End: true } },
      { TimeoutSeconds: 10 },
    );
    expect((await playHere(definition)).outcome.status).toBe('SUCCEEDED');
  });
});

describe('a Task’s TimeoutSeconds', () => {
  const timed = (fields: object, top = {}) =>
    machine({ Long: { Type: 'Task', Resource: 'f', End: true, ...fields }, ...CAUGHT }, top);

  it.each([
    ['a number', 10],
    ['an expression', '{% $states.input.seconds %}'],
  ])('as %s ends the task', async (_, TimeoutSeconds) => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const { outcome } = await playHere(timed({ TimeoutSeconds }), {
      clock,
      input: { seconds: 10 },
      tasks: tasks(clock, seen),
    });
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Timeout', leftRunning: [] });
    expect(outcome).not.toHaveProperty('cause');
    expect(outcome.stoppedAtMs - outcome.startedAtMs).toBe(10_000);
    expect(seen).toEqual(['told']);
  });

  it('lets a task in time pass', async () => {
    const clock = new VirtualClock();
    const { outcome } = await playHere(timed({ TimeoutSeconds: 61 }), {
      clock,
      tasks: tasks(clock),
    });
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
  });

  it('can be caught, with an empty cause as on AWS', async () => {
    const clock = new VirtualClock();
    const seen = machine({
      Long: {
        Type: 'Task',
        Resource: 'f',
        TimeoutSeconds: 10,
        Catch: [
          { ErrorEquals: ['States.TaskFailed'], Next: 'Long' },
          { ErrorEquals: ['States.Timeout'], Next: 'Seen' },
        ],
        End: true,
      },
      Seen: { Type: 'Succeed' },
    });
    const caught = await playHere(seen, { clock, tasks: tasks(clock) });
    expect(caught.outcome).toMatchObject({
      status: 'SUCCEEDED',
      output: { Error: 'States.Timeout', Cause: '' },
    });
  });

  it('counts for each attempt', async () => {
    const clock = new VirtualClock();
    const { outcome, events } = await playHere(
      timed({ TimeoutSeconds: 10, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 2 }] }),
      { clock, tasks: tasks(clock) },
    );
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Timeout', transitions: 3 });
    expect(outcome.stoppedAtMs - outcome.startedAtMs).toBe((10 + 1 + 10 + 2 + 10) * 1000);
    expect(events.filter(({ kind }) => kind === 'task-timed-out')).toHaveLength(3);
  });

  it('leaves a task behind that ignores it', async () => {
    const clock = new VirtualClock();
    const { outcome } = await playHere(
      timed({ Resource: 'deaf', TimeoutSeconds: 10, ...CATCH_ALL }),
      {
        clock,
        tasks: tasks(clock),
      },
    );
    expect(outcome).toMatchObject({ output: 'caught', leftRunning: ['Long'] });
    expect(outcome.stoppedAtMs - outcome.startedAtMs).toBe(11_000);
  });

  it('yields to the workflow’s own when that is shorter', async () => {
    const clock = new VirtualClock();
    const definition = timed({ TimeoutSeconds: 10, ...CATCH_ALL }, { TimeoutSeconds: 10 });
    expect((await playHere(definition, { clock, tasks: tasks(clock) })).outcome).toMatchObject({
      status: 'TIMED_OUT',
    });
  });
});
