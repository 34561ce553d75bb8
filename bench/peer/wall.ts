import { openAccount, type Delays } from './account.ts';
import { LAWS, type Law } from './functions.ts';
import { Player, TOOLS, type Tool } from './tool.ts';

/** What AWS takes for an update of $LATEST, and until a version can be invoked; see `npm run bench:slow-updates`. */
export const AS_ON_AWS: Delays = { updateDelayMs: 800, publishDelayMs: 1500 };

/** The most that a run may take more in GB-seconds than the peer's. */
const MOST_MORE = 0.02;

interface Spent {
  readonly seconds: number;
  readonly calls: number;
  readonly invocations: number;
  readonly coldStarts: number;
  readonly gbSeconds: number;
  readonly trialGbSeconds: number;
  readonly furtherInitsGbSeconds: number;
  readonly transitions: number;
}

/** Durations take their time; updates and versions take what they take on AWS. */
export async function runWall(checkout: string): Promise<void> {
  console.log('function      tool       wall s  calls  invoked  cold  GB-s  transitions');
  for (const law of LAWS) {
    const spent = {} as Record<Tool, Spent>;
    for (const tool of TOOLS) {
      spent[tool] = await runOnce(tool, law, checkout);
      const { seconds, calls, invocations, coldStarts, gbSeconds, transitions } = spent[tool];
      console.log(
        `${law.name.padEnd(13)} ${tool.padEnd(10)} ${seconds.toFixed(1).padStart(6)}  ${String(calls).padStart(5)}  ${String(invocations).padStart(7)}  ${String(coldStarts).padStart(4)}  ${gbSeconds.toFixed(2).padStart(5)} ${String(transitions).padStart(6)}`,
      );
    }
    const { powerdial, peer } = spent;
    const more = powerdial.gbSeconds / peer.gbSeconds - 1;
    console.log(
      `${law.name.padEnd(13)} Powerdial: wall × ${(powerdial.seconds / peer.seconds).toFixed(2)}, GB-seconds ${percent(more)}: the trial ${percent(powerdial.trialGbSeconds / peer.gbSeconds)}, further inits ${percent(powerdial.furtherInitsGbSeconds / peer.gbSeconds)}`,
    );
    if (powerdial.seconds > peer.seconds || more > MOST_MORE) process.exitCode = 1;
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

async function runOnce(tool: Tool, law: Law, checkout: string): Promise<Spent> {
  const account = await openAccount(law, { seed: 1, inRealTime: true, delays: AS_ON_AWS });
  const player = await Player.start(tool, account.url, checkout);
  const ended = await player.run(account.input);
  await player.close();
  await account.close();
  if (ended?.status !== 'SUCCEEDED') throw new Error(`${tool}: ${JSON.stringify(ended)}`);
  const calls = [...account.calls.values()].reduce((sum, each) => sum + each, 0);
  return {
    seconds: ended.seconds,
    calls,
    ...account.meter,
    transitions: ended.transitions,
  };
}
