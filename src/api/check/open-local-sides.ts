import { embeddedWorld } from '../../play/embedded-world.ts';
import {
  CoreQueue,
  machineCores,
  thisMachine,
  createProcessHost,
  startLambdaEndpoint,
  type FunctionDefinition,
  type FunctionHost,
} from '../../emulator/index.ts';
import { playCheck } from '../../play/play-check.ts';
import { readSurroundings } from '../shared/handler/handler-surroundings.ts';
import { waitForShare } from '../shared/handler/wait-for-share.ts';
import { UsageError } from '../shared/usage-error.ts';
import type { CheckSettings } from './check-settings.ts';
import type { CheckedTarget } from './checked-targets.ts';
import { localEnvironments } from './local-environments.ts';
import { locateSide } from './locate-side.ts';
import { cpuChoice } from '../shared/handler/cpu-choice.ts';
import type { OpenedSides, SidesTerms } from './opened-sides.ts';

const LOCAL_TIMEOUT_SECONDS = 60;

/**
 * Two handlers on this machine behind one embedded endpoint. They share the processors, and each is
 * served by several processes in turn.
 *
 * @throws {UsageError} where a handler has gone since the check was planned
 */
export async function openLocalSides(
  target: CheckedTarget,
  options: CheckSettings,
  { mostEnvironments, stop, watch, onOutput }: SidesTerms,
): Promise<OpenedSides> {
  const cpu = cpuChoice(options) ?? 'auto';
  const spread = localEnvironments(mostEnvironments);
  const sides = [
    ...(target.base === null ? [] : [{ name: 'base', side: target.base }]),
    { name: 'head', side: target.head },
  ];
  const located = await Promise.all(sides.map(({ side }) => locateSide(side, options)));
  const around = await Promise.all(
    sides.map(({ side }) => readSurroundings(options, side.source ?? null)),
  );
  const region = around[0]?.region ?? '';
  const problems = located.flatMap((each) =>
    each.kind === 'problem' ? [`--local: ${each.message}`] : [],
  );
  problems.push(...(around[0]?.problems ?? []));
  if (problems.length > 0) throw new UsageError(problems);
  const cores = machineCores();
  const queue = new CoreQueue(cores);
  const hosts: FunctionHost[] = [];
  const functions: FunctionDefinition[] = [];
  for (const [index, each] of located.entries()) {
    const own = around[index];
    if (each.kind === 'problem' || own === undefined) continue;
    const { environment, layers, credentials: variables } = own;
    const source = sides[index]?.side.source;
    const host = await createProcessHost({
      handler: each.location,
      cpu,
      cores,
      queue,
      spread,
      variables,
      hidden: environment,
      ...(options.verbose === true
        ? { onOutput: ({ text }) => onOutput(sides[index]?.name ?? 'head', text) }
        : {}),
    });
    hosts.push(host);
    functions.push({
      name: sides[index]?.name ?? 'head',
      host,
      architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
      runtime: each.runtime,
      memoryMb: target.memoryMb,
      timeoutSeconds: source?.timeoutSeconds ?? LOCAL_TIMEOUT_SECONDS,
      ...(!source?.logFormat ? {} : { logFormat: source.logFormat }),
      ...(!source?.ephemeralStorageMb ? {} : { ephemeralStorageMb: source.ephemeralStorageMb }),
      region,
      environment: { ...layers, ...environment },
    });
  }
  const endpoint = await startLambdaEndpoint({ functions });
  const { close, callsUntil: _, ...calls } = embeddedWorld({ url: endpoint.url, region }, stop);
  const world = { ...calls, invoke: watch(waitForShare(calls.invoke)) };
  return {
    head: { function: 'head', qualifier: null },
    base: target.base === null ? null : { function: 'base', qualifier: null },
    play: (input, onCheckProgress) =>
      playCheck({ input, world: { ...world, onCheckProgress }, signal: stop }),
    emulation: hosts[0]?.cpu ?? null,
    machine: thisMachine(),
    mostEnvironments: spread,
    async close() {
      close();
      await endpoint.close();
    },
  };
}
