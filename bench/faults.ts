/**
 * Stops a run before and after every single AWS call, in every stage, by every kind of fault, and recovers:
 * each point must leave the target byte for byte as it was, or with the recommendation standing whole.
 * Then lets users and other runs change the function at every call. Exits 1 when any point is wrong.
 *
 *     npm run bench:faults                       everything
 *     npm run bench:faults -- killed             the cases whose name holds this text
 *     npm run bench:faults -- 412 'no apply'     … of one kind of run
 */
import { runDuringRun, userDuringRun, type BesideRun } from '../test/faults/beside-run.ts';
import {
  failedUpdateCases,
  failedUpdateRun,
  UPDATE_FAILURE_CODES,
  UPDATES,
  type FailedUpdateCase,
} from '../test/faults/failed-update-run.ts';
import { FAULT_CASES, SLOW_FAULT_CASES } from '../test/faults/fault-cases.ts';
import { SLOW_VERSIONS, type SlowVersions } from '../test/faults/fault-target.ts';
import {
  callsOf,
  faultedRun,
  outcomeOf,
  OUTCOMES,
  type FaultedRun,
  type Outcome,
} from '../test/faults/fault-run.ts';
import { HEALERS } from '../test/faults/heal.ts';
import { callsOfProcess, killedRun } from '../test/faults/killed-run.ts';
import { VARIANTS, type Variant } from '../test/faults/landing.ts';
import { PlayerProcesses } from '../test/faults/player-process.ts';
import { callsOfExecution, stoppedCase, stoppedRun } from '../test/faults/stopped-run.ts';
import { USER_DEEDS } from '../test/faults/user-deeds.ts';

const TIMES = ['before', 'after'] as const;

interface Case<Run> {
  readonly name: string;
  readonly calls: (variant: Variant) => Promise<readonly string[]>;
  readonly run: (variant: Variant, call: number) => Promise<Run | null>;
}

const [wantedCase = '', wantedVariant] = process.argv.slice(2);
const variants = (Object.keys(VARIANTS) as Variant[]).filter(
  (variant) => wantedVariant === undefined || variant === wantedVariant,
);
const players = await PlayerProcesses.open();
const counted = new Map<string, Promise<readonly string[]>>();

/** The calls of a run are counted once for each way to play it. */
function once(
  way: string,
  count: (variant: Variant) => Promise<readonly string[]>,
): Case<never>['calls'] {
  return (variant) => {
    const key = `${way} ${variant}`;
    const known = counted.get(key) ?? count(variant);
    counted.set(key, known);
    return known;
  };
}

const inProcess = once('in process', callsOf);
const inOwnProcess = once('own process', (variant) => callsOfProcess(variant, players));
const byExecution = once('execution', callsOfExecution);

/** Each update of a run, in each of the ways to fail: one after the other in place of calls. */
function failedUpdates(name: string, ways: readonly FailedUpdateCase[]): Case<FaultedRun> {
  return {
    name: `update fails: ${name}`,
    calls: (variant) => Promise.resolve(Array<string>(UPDATES[variant] * ways.length).fill(name)),
    run(variant, call) {
      const way = ways[(call - 1) % ways.length];
      const update = Math.ceil(call / ways.length);
      const tryNext = update % 2 === 0;
      return way === undefined
        ? Promise.resolve(null)
        : failedUpdateRun(variant, way, update, { tryNext });
    },
  };
}

const SLOW = Object.keys(SLOW_VERSIONS) as SlowVersions[];

const FAULTS: readonly Case<FaultedRun>[] = [
  ...TIMES.flatMap((when) =>
    HEALERS.map((healer) => ({
      name: `killed, ${when} the work; ${healer}`,
      calls: inOwnProcess,
      run: (variant: Variant, call: number) => killedRun(variant, call, when, healer, players),
    })),
  ),
  ...TIMES.flatMap((when) =>
    (['delivered', 'lost'] as const).map((event) => ({
      name: stoppedCase(when, event),
      calls: byExecution,
      run: (variant: Variant, call: number) => stoppedRun(variant, call, when, event),
    })),
  ),
  ...UPDATE_FAILURE_CODES.map((code) => failedUpdates(code, failedUpdateCases(code))),
  ...HEALERS.map((healer) =>
    failedUpdates(`InternalError; ${healer}`, failedUpdateCases('InternalError', healer)),
  ),
  ...SLOW.flatMap((slow) =>
    SLOW_FAULT_CASES.map((faultCase) => ({
      name: `${faultCase.name}; ${slow}`,
      calls: once(slow, (variant) => callsOf(variant, slow)),
      run: (variant: Variant, call: number) =>
        faultedRun(variant, faultCase, call, { tryNext: call % 5 === 0, slow }),
    })),
  ),
  ...FAULT_CASES.map((faultCase) => ({
    name: faultCase.name,
    calls: inProcess,
    // A target that is as before byte for byte carries no lock; a new run proves it now and then.
    run: (variant: Variant, call: number) =>
      faultedRun(variant, faultCase, call, { tryNext: call % 5 === 0 }),
  })),
];

const BESIDE: readonly Case<BesideRun>[] = [
  ...Object.keys(USER_DEEDS).map((deed) => ({
    name: `a user ${deed}`,
    calls: inProcess,
    run: (variant: Variant, call: number) => userDuringRun(variant, deed, call),
  })),
  { name: 'another run', calls: inProcess, run: runDuringRun },
];

/** Plays one case at every call of every kind of run. */
async function playAll<Run>(
  each: Case<Run>,
  isWrong: (run: Run) => boolean,
): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const variant of variants) {
    const calls = await each.calls(variant);
    for (let call = 1; call <= calls.length; call++) {
      const run = await each.run(variant, call);
      // Polls may come once less than in the run that was counted.
      if (run === null) continue;
      runs.push(run);
      if (isWrong(run)) console.log(`WRONG ${JSON.stringify(run)}`);
    }
  }
  return runs;
}

function print(name: string, cells: readonly (string | number)[]): void {
  console.log(`${name.padEnd(58)}${cells.map((cell) => String(cell).padStart(20)).join('')}`);
}

const startedAt = performance.now();
let points = 0;
let wrong = 0;

print('fault', ['points', ...OUTCOMES]);
const totals = new Map<Outcome, number>(OUTCOMES.map((outcome) => [outcome, 0]));
for (const each of FAULTS.filter(({ name }) => name.includes(wantedCase))) {
  const runs = await playAll(each, (run) => outcomeOf(run) === 'NOT as before');
  const counts = OUTCOMES.map((outcome) => runs.filter((run) => outcomeOf(run) === outcome).length);
  OUTCOMES.forEach((outcome, index) => {
    totals.set(outcome, (totals.get(outcome) ?? 0) + (counts[index] ?? 0));
  });
  points += runs.length;
  print(each.name, [runs.length, ...counts]);
}
print('all', [points, ...totals.values()]);
wrong += totals.get('NOT as before') ?? 0;

console.log();
print('at the same time', ['points', 'run done', 'run gave way', 'WRONG']);
for (const each of BESIDE.filter(({ name }) => name.includes(wantedCase))) {
  const runs = await playAll(each, (run) => run.wrong.length > 0);
  const bad = runs.filter((run) => run.wrong.length > 0).length;
  const done = runs.filter((run) => run.wrong.length === 0 && run.status === 'done').length;
  points += runs.length;
  wrong += bad;
  print(each.name, [runs.length, done, runs.length - done - bad, bad]);
}

players.close();
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
console.log(`\n${points} points in ${minutes} min, ${wrong} not as they must be`);
process.exitCode = wrong === 0 ? 0 : 1;
