import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { CheckDeps } from '../../contract/check/check-deps.ts';
import type { CheckInput, MeasuredSide } from '../../contract/check/check-stages.ts';
import type { Spent } from '../../contract/tune/state.ts';
import { sumSpent } from '../../core/measure/spending.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';
import { settleConcurrency, type SettledConcurrency } from '../target/settle-concurrency.ts';
import { NOTHING_OBSERVED, packSides } from './check-codec.ts';
import type { CheckStage } from './stage.ts';
import { judgeTrials } from './judge-trials.ts';
import { readSide } from './read-side.ts';
import { readSource } from './read-source.ts';
import { refuseLargeSource } from './refuse-large-source.ts';
import { mostUsdOfSide, sideTerms } from './side-terms.ts';
import { sideWarnings } from './side-warnings.ts';
import { MOST_TRIALS, trySide, type Trial } from './try-side.ts';

/** What is taken to be free where the limits may not be read. */
const UNREAD_CONCURRENCY = 16;

/** Reads both sides, refuses what cannot be measured, and tries one invocation of each. */
export const inspectSides: CheckStage<'Inspect'> = async ({ run, source }, deps) => {
  const input = readSource(source);
  refuseLargeSource(source, input);
  const foundHead = await readSide(deps, input.head, input);
  const foundBase = input.base === null ? null : await readSide(deps, input.base, input);
  const room = await concurrencyOf(deps, input, foundHead, foundBase);
  const head = withTariff(foundHead, room, input);
  const base = foundBase === null ? null : withTariff(foundBase, room, input);
  const most = mostTrials(base === null ? [head] : [base, head], input.maxUsd);
  const startedAtMs = Date.parse(run.startedAt);
  // Both sides at once: one after the other, slow functions would outlast the stage.
  const [ofHead, ofBase] = await Promise.all([
    trySide(deps, head, input, { name: 'head', startedAtMs, most }),
    base === null ? null : trySide(deps, base, input, { name: 'base', startedAtMs, most }),
  ]);
  const tried = judgeTrials(ofHead, ofBase, input);
  const spent = spentOnTrials(ofBase === null ? [ofHead] : [ofBase, ofHead]);
  return {
    run,
    sides: { base, head },
    mostEnvironments: Math.max(1, Math.floor(room.concurrency / (base === null ? 1 : 2))),
    progress: {
      observations: packSides(NOTHING_OBSERVED),
      streams: { base: [], head: [] },
      sent: 0,
      ahead: { base: [], head: [] },
      spent,
      lost: { calls: 0, invocations: 0 },
      trials: [...(ofBase === null ? [] : firstOf('base', ofBase)), ...firstOf('head', ofHead)],
      exhausted: false,
    },
    warnings: [...room.warnings, ...tried, ...sideWarnings(input, base, head)].map(toWarning),
  };
};

/** Returns a side with what its costs rest on beside its configuration. */
function withTariff(
  { facts, ...side }: MeasuredSide,
  { provisioned }: SettledConcurrency,
  { invocationsPerMonth }: CheckInput,
): MeasuredSide {
  const traffic = invocationsPerMonth === undefined ? {} : { invocationsPerMonth };
  return { ...side, facts: { ...facts, provisioned, ...traffic } };
}

/** Returns the first attempt of a side: later ones met what it has left behind. */
function firstOf(side: 'base' | 'head', { attempts }: Trial) {
  return attempts.slice(0, 1).map((observation) => ({ side, observation }));
}

function spentOnTrials(trials: readonly Trial[]): Spent {
  let total: Spent = { invocations: 0, gbSeconds: 0, usd: 0 };
  for (const { side, attempts } of trials) {
    const one = sumSpent(attempts, { slices: 0, invocations: 0, usd: 0 }, sideTerms(side));
    total = {
      invocations: total.invocations + one.invocations,
      gbSeconds: total.gbSeconds + one.gbSeconds,
      usd: total.usd + one.usd,
    };
  }
  return total;
}

/**
 * Tells how often each side may be tried: without a trial nothing is measured, and none may pass what may be
 * spent.
 */
function mostTrials(sides: readonly MeasuredSide[], maxUsd: number): number {
  const usd = sides.reduce((sum, side) => sum + mostUsdOfSide(side), 0);
  if (usd <= maxUsd) return Math.min(MOST_TRIALS, Math.floor(maxUsd / usd));
  throw toRefusal({ code: 'trials-beyond-budget', leastUsd: usd, maxUsd });
}

async function concurrencyOf(
  deps: CheckDeps,
  input: CheckInput,
  head: MeasuredSide,
  base: MeasuredSide | null,
): Promise<SettledConcurrency> {
  const wanted = input.mostEnvironments * (base === null ? 1 : 2);
  try {
    const room = await settleConcurrency(deps, head.functionName, wanted);
    if (base === null || base.functionName === head.functionName) return room;
    // The head may be meant to take the base's place, with what is kept ready for it.
    const { provisioned } = await deps.readFunctionConcurrency(base.functionName);
    return { ...room, provisioned: Math.max(provisioned ?? 0, room.provisioned ?? 0) };
  } catch (error) {
    if (!isAwsError(error, 'denied')) throw error;
    const concurrency = Math.min(wanted, UNREAD_CONCURRENCY);
    const { action } = error;
    const warnings = [{ code: 'concurrency-unread', action, concurrency } as const];
    return { concurrency, provisioned: null, warnings };
  }
}
