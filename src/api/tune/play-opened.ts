import type { Json } from '../../contract/shared/json.ts';
import type { RunEvent } from '../../contract/shared/run-event.ts';
import type { PlayedRun } from '../../play/play-tune.ts';
import type { Surface } from '../../words/trial-advice.ts';
import type { SeenFailures } from '../shared/handler/seen-failures.ts';
import type { OpenedTarget } from './opened-target.ts';
import { RunEvents } from './run-events.ts';

/** A run that is played here. */
export interface OpenedRun {
  readonly target: OpenedTarget;
  readonly input: Json;
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** Told of every invocation that fails. */
  readonly failures: SeenFailures;
  /** Where the user said what is wanted. @default the input */
  readonly surface?: Surface | undefined;
}

/**
 * Plays the workflow on a target that has been opened. However it ends, the target has been put back then.
 *
 * @throws {PowerdialError} NotPutBack where that could not be confirmed
 */
export async function playOpened(run: OpenedRun): Promise<PlayedRun> {
  const { target, input, emit, signal, failures, surface } = run;
  emit({ kind: 'run-started', function: target.functionName, run: '' });
  const events = new RunEvents(emit);
  // Loaded here, because a run of a deployed workflow does not need it.
  const { playTune } = await import('../../play/play-tune.ts');
  return playTune({
    input,
    world: {
      ...target.world,
      invoke: failures.watch(target.world.invoke),
      onProgress: events.onProgress,
    },
    signal,
    onEvent: events.onEvent,
    ...(surface === undefined ? {} : { surface }),
    ...(target.clock === undefined ? {} : { clock: target.clock }),
  });
}
