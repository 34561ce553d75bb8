import { decisionFunctions } from './decisions/families.ts';
import { printFamilies, printRegret, type Contestant } from './decisions/regret-table.ts';
import { decideAdaptively, decideEvenly, worksSomewhere, type GoalKind } from './decisions/run-decisions.ts';

const isQuick = process.argv.includes('--quick');
const seeds = isQuick ? [1] : [1, 2, 3];
const functions = decisionFunctions().filter(worksSomewhere);

for (const seed of seeds) {
  for (const kind of ['cheapest', 'best-value'] as const) judge(kind, seed);
}

function judge(kind: GoalKind, seed: number): void {
  const from = performance.now();
  const fifty = functions.map((bench) => decideEvenly(bench, kind, seed, 50));
  const ten = functions.map((bench) => decideEvenly(bench, kind, seed, 10));
  const peer: Contestant = { name: '50 each, trimmed', scores: fifty.map((each) => each.trimmed) };
  const adaptive: Contestant = {
    name: 'adaptive',
    scores: functions.map((bench) => decideAdaptively(bench, kind, seed)),
  };
  printRegret(`Goal ${kind}, seed ${seed}, ${functions.length} functions`, [
    peer,
    { name: '10 each, trimmed', scores: ten.map((each) => each.trimmed) },
    { name: '50 each, untrimmed', scores: fifty.map((each) => each.untrimmed) },
    adaptive,
  ]);
  printFamilies(`By family: ${kind}, seed ${seed}`, [peer, adaptive]);
  console.log(`  ${((performance.now() - from) / 1000).toFixed(1)} s`);
}
