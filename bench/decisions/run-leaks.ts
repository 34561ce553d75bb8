import type { Observation } from '../../src/contract/shared/observation.ts';
import { seededRandom, type Random } from '../../src/contract/shared/random.ts';
import { memoryGrowth } from '../../src/core/recommend/memory-growth.ts';
import { HARD_FAMILIES, hardFunctions } from './hard-families.ts';
import { decideAdaptively } from './run-decisions.ts';

const FUNCTIONS = 20;
/** How far memory varies from one invocation to the next, in MB, where it does not grow. */
const JITTERS_MB = [1, 3, 10, 40];
const REDRAWN = 20;

/** How often memory that grows is said in adaptive runs: of functions that leak, and of those whose memory only varies. */
export function printLeaks(): void {
  const functions = hardFunctions(HARD_FAMILIES, 6000, FUNCTIONS);
  const runs = functions.map((bench) => decideAdaptively(bench, 'best-value', 1));
  const leaks = runs.filter(({ bench }) => bench.leakMb !== undefined);
  const found = leaks.filter(({ run }) => memoryGrowth(run.request.observations) !== null);
  console.log(
    `\nmemory-grows is said of ${found.length} of ${leaks.length} functions that leak 0.2 to 1 MB an invocation`,
  );
  const random = seededRandom(77);
  const flat = runs
    .filter(({ bench }) => bench.leakMb === undefined)
    .flatMap(({ run }) =>
      Array.from({ length: REDRAWN }, (_, index) => {
        const jitterMb = JITTERS_MB[index % JITTERS_MB.length] ?? 0;
        return withJitter(run.request.observations, jitterMb, random);
      }),
    );
  const alarms = flat.filter((observations) => memoryGrowth(observations) !== null).length;
  console.log(
    `and in ${alarms} of ${flat.length} runs (${((100 * alarms) / flat.length).toFixed(2)} %) whose memory only varies`,
  );
}

/** The same invocations, of a function whose memory varies: a log tells the most that an environment used so far. */
function withJitter(
  observations: readonly Observation[],
  jitterMb: number,
  random: Random,
): readonly Observation[] {
  const most = new Map<string, number>();
  return observations
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((observation) => {
      const key = `${observation.memoryMb} ${observation.environment ?? ''}`;
      const usedMb = Math.max(most.get(key) ?? 0, Math.round(80 + jitterMb * random()));
      most.set(key, usedMb);
      return { ...observation, maxMemoryUsedMb: usedMb };
    });
}
