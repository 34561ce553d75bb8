import { expect, test } from 'vitest';
import { faultPlan } from '../../src/emulator/index.ts';
import {
  failedUpdateCases,
  failedUpdateRun,
  UPDATE_FAILURE_CODES,
  UPDATES,
  type FailedUpdateCase,
} from './failed-update-run.ts';
import {
  nextDay,
  outcomeOf,
  play as playRun,
  UPDATE_DELAY_MS,
  type FaultedRun,
} from './fault-run.ts';
import { faultTarget, targetState } from './fault-target.ts';
import { HurriedClock } from './hurried-clock.ts';
import { landing, type Variant } from './landing.ts';

/**
 * Lambda accepts an update and carries it out afterwards; that may fail, for reasons that pass and for
 * reasons that stay until somebody repairs them. What is shown then AWS does not say, so both are played.
 * Every reason at every update of every kind of run is in `npm run bench:faults`.
 */
const LONG_MS = 300_000;
const A_DAY_MS = 24 * 3600 * 1000;

const ALIAS = 'apply to an alias';
/** Of a run that applies to an alias: the first size, Restore, and the update that begins the Apply. */
const FIRST_SIZE = 1;
const RESTORE = 3;
const APPLY = 4;

async function play(
  variant: Variant,
  updates: readonly number[],
  cases: readonly FailedUpdateCase[],
): Promise<readonly FaultedRun[]> {
  const runs: FaultedRun[] = [];
  for (const update of updates) {
    for (const each of cases) {
      const run = await failedUpdateRun(variant, each, update, { tryNext: false });
      if (run === null) throw new Error(`there is no update ${update}`);
      runs.push(run);
    }
  }
  return runs;
}

function wrong(runs: readonly FaultedRun[]): readonly FaultedRun[] {
  return runs.filter((run) => outcomeOf(run) === 'NOT as before');
}

test.each(['apply', ALIAS] as const)(
  'an update that fails once, wherever it is in a run of kind "%s", leaves the function as it was, or the recommendation whole',
  async (variant) => {
    const once = failedUpdateCases('InternalError').filter(({ lasting }) => lasting === 'once');
    const updates = Array.from({ length: UPDATES[variant] }, (_, index) => index + 1);
    expect(wrong(await play(variant, updates, once))).toEqual([]);
  },
  LONG_MS,
);

test.each([undefined, 'powerdial restore'] as const)(
  'a function whose updates failed until the run was over is put back by %s, or by the rule on ended runs',
  async (healer) => {
    const forGood = failedUpdateCases('ImageDeleted', healer).filter(
      ({ lasting }) => lasting === 'for good',
    );
    const runs = await play(ALIAS, [FIRST_SIZE, RESTORE, APPLY], forGood);
    expect(wrong(runs)).toEqual([]);
    // A run that cannot put back says why, what may be left, and the command.
    const left = runs.filter(({ atEnd }) => atEnd === 'in between');
    expect(left.length).toBeGreaterThan(0);
    for (const { error } of left) {
      expect(error).toMatch(/^NotPutBack: .*ImageDeleted.*may still be there.*powerdial restore/);
    }
  },
  LONG_MS,
);

test(
  'a run whose update fails says so with Lambda’s reason code, whichever it is, and puts back',
  async () => {
    for (const code of UPDATE_FAILURE_CODES) {
      const [run] = await play('no apply', [FIRST_SIZE], failedUpdateCases(code).slice(0, 1));
      expect(run).toMatchObject({ status: 'failed', atEnd: 'as before', recovered: 'as before' });
      expect(run?.error).toMatch(/^UpdateFailed: Set \d+ MB on orders: /);
      expect(run?.error).toContain(`(${code}: `);
    }
  },
  LONG_MS,
);

test(
  'a next run whose Inspect is cut off while it heals leaves the rest to the run after it, which heals it whole',
  async () => {
    const clock = new HurriedClock();
    const target = await faultTarget({ clock, updateDelayMs: UPDATE_DELAY_MS });
    const before = await targetState(target.client);
    const isAsBefore = async (): Promise<boolean> =>
      landing(before, await targetState(target.client), 'no apply') === 'as before';
    const fault = { reasonCode: 'InternalError', shows: 'attempted' } as const;
    const operation = 'UpdateFunctionConfiguration';
    target.intercept(
      faultPlan({ call: FIRST_SIZE, when: 'before', lasting: 'operation', operation, fault })
        .intercept,
    );
    expect(await playRun(target, 'no apply', clock)).toMatchObject({ status: 'failed' });
    target.intercept(null);
    expect(await isAsBefore()).toBe(false);
    // Less time than an Inspect takes that waits for the update which puts back.
    const inAHurry = new HurriedClock({ aheadMs: 2 * A_DAY_MS, limitMs: 1 });
    const cutOff = await playRun(target, 'no apply', inAHurry);
    expect(cutOff).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/^StageTimedOut/) as string,
    });
    expect(await playRun(target, 'no apply', nextDay())).toMatchObject({ status: 'done' });
    expect(await isAsBefore()).toBe(true);
    await target.close();
  },
  LONG_MS,
);
