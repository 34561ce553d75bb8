import { openAccount } from './account.ts';
import { LAWS, type Law } from './functions.ts';
import { Player, TOOLS, type TimedEnd, type Tool } from './tool.ts';
import { AS_ON_AWS } from './wall.ts';

/** A mean that is further than this from the truth was measured at another size: the noise is 2 %. */
const FAR = 0.1;
const FURTHEST_APART_MS = 6000;

/** Two runs of one tool on one function, the second some time after the first. */
export async function runTwo(checkout: string, runs: number): Promise<void> {
  const [law] = LAWS;
  if (law === undefined) return;
  console.log('two at once; tool, seconds apart: how each ended, wrong sizes in them, left');
  for (const tool of TOOLS) {
    for (let run = 0; run < runs; run++) {
      const apartMs = Math.round((FURTHEST_APART_MS * run) / runs);
      console.log(
        `${tool.padEnd(10)} ${(apartMs / 1000).toFixed(1)} s  ${await startTwo(tool, law, checkout, apartMs)}`,
      );
    }
  }
}

async function startTwo(tool: Tool, law: Law, checkout: string, apartMs: number): Promise<string> {
  const account = await openAccount(law, { seed: 1, inRealTime: true, delays: AS_ON_AWS });
  const players = [
    await Player.start(tool, account.url, checkout),
    await Player.start(tool, account.url, checkout),
  ];
  const ends = await Promise.all(
    players.map(async (player, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * apartMs));
      return player.run(account.input);
    }),
  );
  const left = await account.left();
  for (const player of players) await player.close();
  await account.close();
  const endings = ends.map((ended) => (ended === null ? 'gone' : toldEnd(ended, law)));
  return `${endings.join(' | ')} | left: ${left.join(', ') || 'nothing'}`;
}

function toldEnd({ status, means, why }: TimedEnd, law: Law): string {
  const wrong = means.filter(([memoryMb, meanMs]) => {
    return Math.abs(meanMs / law.meanMs(memoryMb) - 1) > FAR;
  });
  const reason = why === null ? '' : ` (${why.slice(0, 60)})`;
  return `${status}${reason}, ${wrong.length} of ${means.length} wrong`;
}
