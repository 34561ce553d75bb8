import { decisionFunctions, fittingFunctions } from './decisions/families.ts';
import { worksSomewhere } from './decisions/run-decisions.ts';
import { judgePayloads } from './history/judge-payloads.ts';
import { moveTimeouts } from './history/move-timeouts.ts';

/**
 * How a run judges its payload by production, what it says of a month's saving, and its timeouts by production's
 * tail, on functions whose traffic is known: `npm run bench:payloads`; one part with `-- --only payloads|timeouts`, on the
 * functions that things are fitted on with `-- --fit`, with so many mixes of each function with `-- --mixes 12`.
 * Results are in docs/model.md.
 */
const only = valueOf('--only');
const mixes = Number(valueOf('--mixes') ?? 12);
const all = process.argv.includes('--fit') ? fittingFunctions() : decisionFunctions();
/** Curves that somebody measured on AWS, with what their kind scatters by. */
const functions = all.filter(worksSomewhere).filter(({ family }) => family.startsWith('measured'));

if (only !== 'timeouts') {
  judgePayloads(
    functions,
    Array.from({ length: mixes }, (_, index) => 31 + index),
  );
}
if (only !== 'payloads') moveTimeouts([1]);

function valueOf(option: string): string | undefined {
  const at = process.argv.indexOf(option);
  return at < 0 ? undefined : process.argv[at + 1];
}
