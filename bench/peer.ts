/**
 * Powerdial beside aws-lambda-power-tuning, whose checkout has to be at hand, with its packages (`npm ci` in it):
 * its own handlers, with their own AWS SDK, and its own state machine, on the same endpoint, the same functions
 * and the same input as Powerdial. Nothing of it is a part of this project.
 *
 *     POWERDIAL_PEER=/path/to/aws-lambda-power-tuning npm run bench:peer
 *     POWERDIAL_PEER=… npm run bench:peer -- --only wall --runs 3
 *
 * Parts: wall, regret, stopped, killed, two. Exits 1 where Powerdial takes longer, or over 2 % more GB-seconds.
 */
import { parseArgs } from 'node:util';
import { runKilled, runStopped } from './peer/interrupted.ts';
import { runRegret } from './peer/regret.ts';
import { runTwo } from './peer/two.ts';
import { runWall } from './peer/wall.ts';

const PARTS = {
  wall: runWall,
  regret: runRegret,
  stopped: runStopped,
  killed: runKilled,
  two: runTwo,
} as const;

const { values } = parseArgs({ options: { only: { type: 'string' }, runs: { type: 'string' } } });
const checkout = process.env['POWERDIAL_PEER'];
if (checkout === undefined || checkout === '') {
  console.error(
    'bench:peer: wanted POWERDIAL_PEER, the folder of a checkout of aws-lambda-power-tuning with its packages (npm ci); it is not set. Nothing was run.',
  );
  process.exit(2);
}
for (const [name, runPart] of Object.entries(PARTS)) {
  if (values.only !== undefined && values.only !== name) continue;
  await runPart(checkout, Number(values.runs ?? 10));
}
