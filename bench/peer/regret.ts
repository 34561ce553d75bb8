import { openAccount, SIZES } from './account.ts';
import { LAWS, type Law } from './functions.ts';
import { Player, TOOLS, type Tool } from './tool.ts';

const NO_DELAYS = { updateDelayMs: 0, publishDelayMs: 0 };
/** AWS Lambda pricing, us-east-1, x86, first tier: USD for a GB-second and for a request. */
const USD_PER_GB_SECOND = 0.0000166667;
const USD_PER_REQUEST = 0.0000002;

/** What a warm invocation truly costs: over draws of the law, because whole milliseconds are billed. */
function trueUsd(law: Law, memoryMb: number): number {
  let state = 1;
  // The generator of Numerical Recipes: nothing of what is judged here.
  const random = (): number => (state = (1664525 * state + 1013904223) % 2 ** 32) / 2 ** 32;
  const draws = 20_000;
  let billedMs = 0;
  for (let draw = 0; draw < draws; draw++) {
    billedMs += Math.ceil(law.meanMs(memoryMb) * law.noise(random));
  }
  const seconds = billedMs / draws / 1000;
  return seconds * (memoryMb / 1024) * USD_PER_GB_SECOND + USD_PER_REQUEST;
}

/** How much more expensive the size that is named truly is than the cheapest of the six. */
export async function runRegret(checkout: string, runs: number): Promise<void> {
  console.log(`function      tool       mean regret %  worst %  named (${runs} runs)`);
  for (const law of LAWS) {
    const costs = new Map<number, number>(SIZES.map((size) => [size, trueUsd(law, size)]));
    const best = Math.min(...costs.values());
    for (const tool of TOOLS) {
      const named = await sizesNamed(tool, law, checkout, runs);
      const regrets = named.map((size) => ((costs.get(size) ?? Infinity) / best - 1) * 100);
      const mean = regrets.reduce((sum, each) => sum + each, 0) / runs;
      const counts = SIZES.map((size) => [size, named.filter((each) => each === size).length]);
      const shown = counts.filter(([, count]) => count !== 0).map(([size, n]) => `${size}×${n}`);
      console.log(
        `${law.name.padEnd(13)} ${tool.padEnd(10)} ${mean.toFixed(2).padStart(13)}  ${Math.max(
          ...regrets,
        )
          .toFixed(2)
          .padStart(7)}  ${shown.join(' ')}`,
      );
    }
  }
}

async function sizesNamed(
  tool: Tool,
  law: Law,
  checkout: string,
  runs: number,
): Promise<readonly number[]> {
  const named: number[] = [];
  for (let seed = 1; seed <= runs; seed++) {
    const account = await openAccount(law, { seed, inRealTime: false, delays: NO_DELAYS });
    const player = await Player.start(tool, account.url, checkout);
    const ended = await player.run(account.input);
    await player.close();
    await account.close();
    const memoryMb = ended?.memoryMb ?? null;
    if (memoryMb === null) throw new Error(`${tool}: ${JSON.stringify(ended)}`);
    named.push(memoryMb);
  }
  return named;
}
