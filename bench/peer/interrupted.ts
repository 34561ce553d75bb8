import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { seededRandom } from '../../src/contract/shared/random.ts';
import { openAccount, type Account } from './account.ts';
import { LAWS, type Law } from './functions.ts';
import { Player, TOOLS, type Tool } from './tool.ts';

/** Updates and versions take their time, so that a run is also met while it waits for them. */
const DELAYS = { updateDelayMs: 100, publishDelayMs: 200 };

type Interrupt = (player: Player) => void;

/** The execution is stopped at a random request: no further state of it is entered. */
export async function runStopped(checkout: string, runs: number): Promise<void> {
  console.log(`stopped (as StopExecution does) at ${runs} random requests; left on the function:`);
  for (const tool of TOOLS) {
    const left = await leftBy(tool, checkout, runs, (player) => player.stop());
    console.log(`${tool.padEnd(10)} ${leftText(left.map(({ atOnce }) => atOnce))}`);
  }
}

/** The process that plays the run is killed; Powerdial's own remedy for it is `powerdial restore`. */
export async function runKilled(checkout: string, runs: number): Promise<void> {
  console.log(`killed (SIGKILL) at ${runs} random requests; left on the function:`);
  for (const tool of TOOLS) {
    const left = await leftBy(tool, checkout, runs, (player) => player.kill());
    console.log(`${tool.padEnd(10)} at once: ${leftText(left.map(({ atOnce }) => atOnce))}`);
    if (tool === 'peer') console.log('peer       has no command that puts a function back');
    else console.log(`powerdial  after restore: ${leftText(left.map(({ later }) => later))}`);
  }
}

interface Left {
  readonly atOnce: readonly string[];
  /** After `powerdial restore`; as before where that is not for the tool. */
  readonly later: readonly string[];
}

async function leftBy(
  tool: Tool,
  checkout: string,
  runs: number,
  interrupt: Interrupt,
): Promise<readonly Left[]> {
  const [law] = LAWS;
  if (law === undefined) return [];
  const requests = await requestsOf(tool, law, checkout);
  const random = seededRandom(14, tool);
  const left: Left[] = [];
  for (let run = 0; run < runs; run++) {
    const point = 1 + Math.floor(random() * requests);
    const account = await openAccount(law, { seed: 1, inRealTime: false, delays: DELAYS });
    const player = await Player.start(tool, account.url, checkout);
    account.atRequest(point, () => interrupt(player));
    await player.run(account.input);
    await player.close();
    const atOnce = await account.left();
    if (tool === 'powerdial' && atOnce.length > 0) await restore(account, law);
    left.push({ atOnce, later: await account.left() });
    await account.close();
  }
  return left;
}

/** How many requests a whole run makes. */
async function requestsOf(tool: Tool, law: Law, checkout: string): Promise<number> {
  const account = await openAccount(law, { seed: 1, inRealTime: false, delays: DELAYS });
  const player = await Player.start(tool, account.url, checkout);
  await player.run(account.input);
  await player.close();
  await account.close();
  return account.requests();
}

async function restore({ url }: Account, { name }: Law): Promise<void> {
  const command = [path.resolve('dist/src/cli/main.js'), 'restore', name, '--yes'];
  const env = {
    PATH: process.env['PATH'],
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL: url,
  };
  await promisify(execFile)(process.execPath, command, { env });
}

function leftText(left: readonly (readonly string[])[]): string {
  const clean = left.filter((each) => each.length === 0).length;
  const traces = new Map<string, number>();
  for (const each of left) {
    for (const trace of new Set(each.map((text) => text.replace(/^\d+ /, '')))) {
      traces.set(trace, (traces.get(trace) ?? 0) + 1);
    }
  }
  const shown = [...traces].map(([trace, count]) => `${trace} ${count}×`);
  return `nothing ${clean} of ${left.length}${shown.length === 0 ? '' : `; ${shown.join(', ')}`}`;
}
