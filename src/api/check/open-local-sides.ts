import { embeddedWorld } from '../../play/embedded-world.ts';
import { startLambdaEndpoint, thisMachine } from '../../emulator/index.ts';
import { playCheck } from '../../play/play-check.ts';
import { waitForShare } from '../shared/handler/wait-for-share.ts';
import type { CheckSettings } from './check-settings.ts';
import type { CheckedTarget } from './checked-target.ts';
import { findSideHandlers } from './find-side-handlers.ts';
import { localEnvironments } from './local-environments.ts';
import type { OpenedSides, SidesTerms } from './opened-sides.ts';
import { startSides } from './start-sides.ts';

/**
 * Opens two handlers on this machine behind one embedded endpoint. They share the processors, and each is
 * served by several processes in turn.
 *
 * @throws {UsageError} where a handler has gone since the check was planned
 */
export async function openLocalSides(
  target: CheckedTarget,
  options: CheckSettings,
  { mostEnvironments, stop, watch, onOutput }: SidesTerms,
): Promise<OpenedSides> {
  const spread = localEnvironments(mostEnvironments);
  const handlers = await findSideHandlers(target, options);
  const { functions, cpu } = await startSides(handlers, { target, options, spread, onOutput });
  const region = handlers[0]?.surroundings.region ?? '';
  const endpoint = await startLambdaEndpoint({ functions });
  const { close, callsUntil: _, ...calls } = embeddedWorld({ url: endpoint.url, region }, stop);
  const world = { ...calls, invoke: watch(waitForShare(calls.invoke)) };
  return {
    head: { function: 'head', qualifier: null },
    base: target.base === null ? null : { function: 'base', qualifier: null },
    play: (input, onCheckProgress) =>
      playCheck({ input, world: { ...world, onCheckProgress }, signal: stop }),
    emulation: cpu,
    machine: thisMachine(),
    mostEnvironments: spread,
    async close() {
      close();
      await endpoint.close();
    },
  };
}
