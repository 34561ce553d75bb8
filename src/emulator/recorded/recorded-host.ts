import { seededRandom } from '../../contract/shared/random.ts';
import type { FunctionHost } from '../lambda/function-host.ts';
import { behaviourAt } from './behaviour.ts';
import { drawEnding, type Draws } from './ending.ts';
import { Environments } from './environments.ts';
import { recordedReply } from './recorded-reply.ts';
import type { Recording } from './recording.ts';

export interface RecordedHostOptions {
  readonly seed: number;
  /** Milliseconds since the epoch, for the times in JSON logs. @default Date.now */
  readonly now?: () => number;
}

/**
 * Runs a recorded function: every invocation draws a duration and is answered at once, with the
 * duration in its log line and not in the clock.
 */
export function recordedHost(recording: Recording, options: RecordedHostOptions): FunctionHost {
  const now = options.now ?? Date.now;
  const environments = new Environments();
  // One sequence for each memory size: the order in which sizes are invoked changes nothing.
  const sequences = new Map<number, Draws>();
  const drawsAt = (memoryMb: number): Draws => {
    const draws = sequences.get(memoryMb) ?? {
      run: seededRandom(options.seed, memoryMb),
      init: seededRandom(options.seed, -memoryMb),
    };
    sequences.set(memoryMb, draws);
    return draws;
  };
  const refuses = (memoryMb: number): string | null =>
    behaviourAt(recording, memoryMb) === null ? outsideText(recording) : null;

  return {
    cpu: 'recorded',
    maxMemoryMb: recording.sizes.at(-1)?.memoryMb ?? 0,
    refuses,
    invoke: async (invocation) => {
      const { settings } = invocation;
      const behaviour = behaviourAt(recording, settings.memoryMb);
      if (behaviour === null) throw new Error(outsideText(recording));
      const environment = environments.take(settings);
      const draws = drawsAt(settings.memoryMb);
      const ending = drawEnding(settings, behaviour, environment.cold, draws);
      // Holds the environment until calls made in the same breath have taken theirs.
      await Promise.resolve();
      environment.release(ending.outcome !== 'timeout' && ending.outcome !== 'out-of-memory');
      return recordedReply(invocation, ending, now());
    },
    retire: (functionArn, version) => {
      environments.retire(functionArn, version);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

function outsideText(recording: Recording): string {
  const first = recording.sizes[0]?.memoryMb ?? 0;
  const last = recording.sizes.at(-1)?.memoryMb ?? 0;
  return first === last
    ? `${recording.name} was recorded at ${first} MB only`
    : `${recording.name} was recorded from ${first} to ${last} MB`;
}
