import { expect, test } from 'vitest';
import {
  failedUpdateCases,
  failedUpdateRun,
  UPDATE_FAILURE_CODES,
  UPDATES,
} from './failed-update-run.ts';
import { outcomeOf, type FaultedRun } from './fault-run.ts';
import type { Variant } from './landing.ts';

/**
 * Lambda accepts an update and carries it out afterwards; that may fail, for reasons that pass and for
 * reasons that stay until somebody repairs them. What is shown then AWS does not say, so both are played.
 */
const LONG_MS = 240_000;

async function runs(
  variants: readonly Variant[],
  cases: ReturnType<typeof failedUpdateCases>,
): Promise<readonly FaultedRun[]> {
  const all: FaultedRun[] = [];
  for (const variant of variants) {
    for (let update = 1; update <= UPDATES[variant]; update++) {
      for (const each of cases) {
        const run = await failedUpdateRun(variant, each, update, { tryNext: false });
        if (run !== null) all.push(run);
      }
    }
  }
  return all;
}

test(
  'an update that fails, wherever it is, leaves the function as it was, or the recommendation whole',
  async () => {
    const all = await runs(['apply', 'apply to an alias'], failedUpdateCases('InternalError'));
    expect(all.filter((run) => outcomeOf(run) === 'NOT as before')).toEqual([]);
    // Two sizes, Restore, the one of an Apply and the two of one to an alias; each in four ways.
    expect(all).toHaveLength(4 * (4 + 5));
  },
  LONG_MS,
);

test(
  'an update that fails with any reason code that Lambda has leaves the function as it was',
  async () => {
    const cases = UPDATE_FAILURE_CODES.flatMap((code) => failedUpdateCases(code).slice(-1));
    for (const each of cases) {
      const run = await failedUpdateRun('no apply', each, 1, { tryNext: false });
      if (run === null || outcomeOf(run) === 'NOT as before') throw new Error(JSON.stringify(run));
      // The run says which: the code and AWS's own words.
      expect(run.error).toContain(each.reasonCode);
    }
  },
  LONG_MS,
);

test(
  'a function whose updates failed until the run was over is put back by `powerdial restore`',
  async () => {
    const forGood = failedUpdateCases('ImageDeleted', 'powerdial restore').filter(
      ({ lasting }) => lasting === 'for good',
    );
    const all = await runs(['apply to an alias'], forGood);
    expect(all.filter((run) => outcomeOf(run) === 'NOT as before')).toEqual([]);
  },
  LONG_MS,
);
