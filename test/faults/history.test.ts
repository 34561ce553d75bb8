import { expect, test } from 'vitest';
import { faultPlan } from '../../src/emulator/index.ts';
import { playTune } from '../../src/play/play-tune.ts';
import { FAULT_CASES, type FaultCase } from './fault-cases.ts';
import { runInput } from './fault-run.ts';
import { faultTarget, targetState } from './fault-target.ts';
import { HurriedClock } from './hurried-clock.ts';
import { landing } from './landing.ts';

/**
 * Whatever befalls the calls about production's logs, the run comes to its end without them. Faults that are no
 * fault of these calls (expired credentials, faults of everything) end a run as they end every other.
 */
const OF_HISTORY = FAULT_CASES.filter(
  ({ fault, lasting }) => fault !== 'abort' && lasting !== 'everything',
);
const CALLS = ['StartQuery', 'GetQueryResults'] as const;
/** An estimate and a count: each is started, and looked at. */
const EACH = [1, 2];
const LONG_MS = 240_000;

async function runWithFault(faultCase: FaultCase, operation: string, call: number) {
  const clock = new HurriedClock();
  const target = await faultTarget({ clock, patienceMs: 300, hasHistory: true });
  try {
    const before = await targetState(target.client);
    const controller = new AbortController();
    const { fault, when, lasting } = faultCase;
    const plan = faultPlan({
      call,
      when,
      lasting,
      operation,
      fault: fault === 'abort' ? () => controller.abort() : fault,
    });
    target.intercept(plan.intercept);
    const played = await playTune({
      input: { ...runInput('no apply'), history: { days: 14 } },
      world: target.world,
      signal: controller.signal,
      onEvent: () => undefined,
      clock,
    });
    target.intercept(null);
    // A fault that struck nothing would prove nothing.
    expect(plan.struck(), `${faultCase.name} at ${operation} ${call}`).not.toBeNull();
    return { played, atEnd: landing(before, await targetState(target.client), 'no apply') };
  } finally {
    await target.close();
  }
}

test.each(OF_HISTORY)(
  '$name at a query of production’s logs costs the run nothing but what they say',
  async (faultCase) => {
    for (const operation of CALLS) {
      for (const call of EACH) {
        const { played, atEnd } = await runWithFault(faultCase, operation, call);
        expect({ kind: played.kind, atEnd }, `${operation} ${call}`).toEqual({
          kind: 'done',
          atEnd: 'as before',
        });
      }
    }
  },
  LONG_MS,
);

test.each(FAULT_CASES.filter(({ fault }) => fault === 'abort'))(
  '$name of a query of production’s logs leaves the target as it was',
  async (faultCase) => {
    for (const operation of CALLS) {
      const { played, atEnd } = await runWithFault(faultCase, operation, 1);
      expect({ kind: played.kind, atEnd }, operation).toEqual({
        kind: 'interrupted',
        atEnd: 'as before',
      });
    }
  },
  LONG_MS,
);
