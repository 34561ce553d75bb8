import { plan } from '../../src/core/plan/plan.ts';
import { recommend } from '../../src/core/recommend/recommend.ts';
import { decisionFunctions } from './families.ts';
import { settledInput } from './settled-input.ts';
import { simulateRun } from './simulate.ts';
import { quantile } from './table.ts';

const OBSERVATIONS = 8000;
const CALLS = 15;

/** How long one call of Plan, and one of Recommend, takes with as many observations as a run may hold. */
export function printPlanningTime(): void {
  const bench = decisionFunctions().find(({ family }) => family === 'heavy tail');
  if (bench === undefined) return;
  for (const memorySizes of ['auto', 'all'] as const) {
    const wanted = memorySizes === 'auto' ? OBSERVATIONS / 6 : Math.floor(OBSERVATIONS / 46);
    const input = settledInput(bench, { memorySizes, invocations: Math.ceil(wanted), maxUsd: 1e6 });
    const { request } = simulateRun(bench, input, 1);
    const asked = {
      ...request,
      input: settledInput(bench, { memorySizes, maxUsd: 1e6 }),
      observations: request.observations.slice(0, OBSERVATIONS),
      roundsDone: 1,
    };
    const seed = asked.input.seed;
    for (const [name, call] of [
      ['plan', () => plan(asked)],
      ['recommend', () => recommend({ ...asked, seed })],
    ] as const) {
      const [times, cpuTimes] = [[] as number[], [] as number[]];
      for (let made = 0; made < CALLS; made += 1) {
        const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
        call();
        times.push(performance.now() - from);
        // On a machine that does other work, too, this is what the call takes of it.
        const { user, system } = process.cpuUsage(cpuFrom);
        cpuTimes.push((user + system) / 1000);
      }
      console.log(
        `\nOne call of ${name}, ${asked.observations.length} observations, sizes ${memorySizes}: median ${quantile(times, 0.5).toFixed(0)} ms, first ${(times[0] ?? 0).toFixed(0)} ms, longest ${Math.max(...times).toFixed(0)} ms of ${CALLS}; CPU time: median ${quantile(cpuTimes, 0.5).toFixed(0)} ms`,
      );
    }
  }
}
