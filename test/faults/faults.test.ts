import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultPlan } from '../../src/emulator/index.ts';
import { runDuringRun, userDuringRun, type BesideRun } from './beside-run.ts';
import { FAULT_CASES, SLOW_FAULT_CASES } from './fault-cases.ts';
import { callsOf, faultedRun, outcomeOf, play, type FaultedRun } from './fault-run.ts';
import { faultTarget, SLOW_VERSIONS, targetState, type SlowVersions } from './fault-target.ts';
import { HurriedClock } from './hurried-clock.ts';
import { callsOfProcess, killedRun } from './killed-run.ts';
import { landing } from './landing.ts';
import { PlayerProcesses } from './player-process.ts';
import { callsOfExecution, stoppedRun } from './stopped-run.ts';

/**
 * The most dangerous faults, at the calls of the run that makes all of them: it publishes, puts back,
 * measures, cleans up and applies to an alias. Every fault at every call of every kind of run is in
 * `npm run bench:faults`.
 */
const VARIANT = 'apply to an alias';
const NEW_ALIAS = 'apply to a new alias';

const CHANGES = new Set([
  'UpdateFunctionConfiguration',
  'PublishVersion',
  'DeleteFunction',
  'UpdateAlias',
  'CreateAlias',
]);

const LONG_MS = 240_000;

let players: PlayerProcesses;

beforeAll(async () => {
  players = await PlayerProcesses.open();
});

afterAll(() => {
  players.close();
});

/** The numbers of the calls that change something. */
function changes(calls: readonly string[]): readonly number[] {
  return calls.flatMap((operation, index) => (CHANGES.has(operation) ? [index + 1] : []));
}

async function wrongPoints(
  calls: readonly number[],
  run: (call: number) => Promise<FaultedRun | null>,
): Promise<readonly FaultedRun[]> {
  const runs: FaultedRun[] = [];
  for (const call of calls) {
    const faulted = await run(call);
    if (faulted !== null) runs.push(faulted);
  }
  // Polls may come once more or once less, the rest is the same each time.
  expect(runs.length).toBeGreaterThan(calls.length - 5);
  return runs.filter((each) => outcomeOf(each) === 'NOT as before');
}

test.each(
  FAULT_CASES.filter(({ name }) =>
    [
      'aborted, after the work',
      '5xx for good, after the work',
      'socket dropped at each attempt, after the work',
      'credentials expired',
    ].includes(name),
  ),
)(
  '$name at every change leaves the target as it was, or the recommendation whole',
  async (faultCase) => {
    const calls = changes(await callsOf(VARIANT));
    const run = (call: number) => faultedRun(VARIANT, faultCase, call, { tryNext: false });
    expect(await wrongPoints(calls, run)).toEqual([]);
  },
  LONG_MS,
);

test.each(
  FAULT_CASES.filter(({ name }) =>
    [
      'aborted, before the work',
      'aborted, after the work',
      '5xx for good, after the work',
      'socket dropped at each attempt, after the work',
      '409, after the work',
      'access denied',
    ].includes(name),
  ),
)(
  '$name while an alias is made leaves no alias, or the recommendation whole',
  async (faultCase) => {
    const calls = await callsOf(NEW_ALIAS);
    // From the update that begins the Apply on.
    const first = calls.lastIndexOf('PublishVersion') - 2;
    const applying = calls.map((_, index) => index + 1).slice(first);
    expect(calls.slice(first)).toContain('CreateAlias');
    const runs: (FaultedRun | null)[] = [];
    for (const call of applying) {
      runs.push(await faultedRun(NEW_ALIAS, faultCase, call, { tryNext: false }));
    }
    expect(runs.filter((run) => run !== null && outcomeOf(run) === 'NOT as before')).toEqual([]);
  },
  LONG_MS,
);

test.each(Object.keys(SLOW_VERSIONS) as SlowVersions[])(
  'aborted at every change, %s: what AWS does not delete yet is deleted when the rule comes again',
  async (slow) => {
    const [aborted] = SLOW_FAULT_CASES.filter(({ name }) => name === 'aborted, after the work');
    if (aborted === undefined) throw new Error('There is no such case');
    const run = (call: number) => faultedRun(VARIANT, aborted, call, { tryNext: true, slow });
    expect(await wrongPoints(changes(await callsOf(VARIANT, slow)), run)).toEqual([]);
  },
  LONG_MS,
);

test.each(['deploys code', 'sets the timeout', 'sets everything'])(
  'a user %s at every call from the Apply on: nothing of theirs is lost, and what was applied is said',
  async (deed) => {
    const calls = await callsOf('apply');
    const last = calls.lastIndexOf('UpdateFunctionConfiguration') + 1;
    for (let call = last; call <= calls.length; call++) {
      const run = await userDuringRun('apply', deed, call);
      expect(run?.wrong ?? [], `${call}: ${run?.error ?? ''}`).toEqual([]);
    }
  },
  LONG_MS,
);

test('an update without an answer does not go through after the clean-up', async () => {
  // The stage's time is over while its first attempt hangs; the next one would succeed.
  const clock = new HurriedClock({ limitMs: 1000 });
  const target = await faultTarget({ clock, patienceMs: 1500 });
  const before = await targetState(target.client);
  const plan = faultPlan({
    operation: 'UpdateFunctionConfiguration',
    call: 1,
    when: 'before',
    fault: 'hang',
  });
  target.intercept(plan.intercept);
  const { status, error } = await play(target, 'no apply', clock);
  target.intercept(null);
  // A second attempt would come now.
  await new Promise((done) => setTimeout(done, 1500));
  expect({ status, error }).toMatchObject({
    status: 'failed',
    error: expect.stringMatching(/^StageTimedOut: .*States\.Timeout/) as string,
  });
  expect(landing(before, await targetState(target.client), 'no apply')).toBe('as before');
  await target.close();
});

test(
  'a run that is killed at every change is healed by the next one',
  async () => {
    const calls = changes(await callsOfProcess(VARIANT, players));
    const run = (call: number) => killedRun(VARIANT, call, 'after', 'the next run', players);
    expect(await wrongPoints(calls, run)).toEqual([]);
  },
  LONG_MS,
);

test(
  'a run that Step Functions stops at every change is healed by the rule on stopped executions',
  async () => {
    const calls = changes(await callsOfExecution(VARIANT));
    const run = (call: number) => stoppedRun(VARIANT, call, 'after');
    expect(await wrongPoints(calls, run)).toEqual([]);
  },
  LONG_MS,
);

test(
  'a run that is stopped at every change, of which EventBridge tells nobody, is healed by the sweep',
  async () => {
    const calls = changes(await callsOfExecution(VARIANT));
    const run = (call: number) => stoppedRun(VARIANT, call, 'after', 'lost');
    expect(await wrongPoints(calls, run)).toEqual([]);
  },
  LONG_MS,
);

test.each(['sets the description', 'deploys code, publishes it and points an alias at it'])(
  'a user %s at every change: nothing of theirs is changed or deleted',
  async (deed) => {
    const runs: (BesideRun | null)[] = [];
    for (const call of changes(await callsOf(VARIANT))) {
      runs.push(await userDuringRun(VARIANT, deed, call));
    }
    expect(runs.filter((run) => run !== null && run.wrong.length > 0)).toEqual([]);
  },
  LONG_MS,
);

test(
  'of two runs that meet at every change, one does the work and the other gives way',
  async () => {
    const runs: (BesideRun | null)[] = [];
    for (const call of changes(await callsOf('no apply'))) {
      runs.push(await runDuringRun('no apply', call));
    }
    expect(runs.filter((run) => run !== null && run.wrong.length > 0)).toEqual([]);
  },
  LONG_MS,
);
