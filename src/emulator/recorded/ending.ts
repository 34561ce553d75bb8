import type { Random } from '../../contract/shared/random.ts';
import type { VariantSettings } from '../lambda/function-host.ts';
import type { Behaviour } from './behaviour.ts';
import type { RecordedOutcome } from './recording.ts';

/** Draws are kept apart by what they are for, so that one cold start more changes no other draw. */
export interface Draws {
  readonly run: Random;
  readonly init: Random;
}

/** How one invocation ended, in the facts that its log tells. */
export interface Ending {
  readonly outcome: RecordedOutcome;
  readonly durationMs: number;
  readonly initMs: number | null;
  readonly cold: boolean;
  readonly maxMemoryUsedMb: number | null;
}

/**
 * Draws the end of one invocation. A run longer than the timeout in force ends there, whatever it would
 * have come to; one that needs more memory than it has, dies.
 */
export function drawEnding(
  settings: Pick<VariantSettings, 'memoryMb' | 'timeoutSeconds'>,
  behaviour: Behaviour,
  cold: boolean,
  draws: Draws,
): Ending {
  const { memoryMb } = settings;
  const draw = cold ? (behaviour.coldMs ?? behaviour.warmMs) : behaviour.warmMs;
  const runMs = draw(draws.run());
  const initMs = cold && behaviour.initMs !== null ? behaviour.initMs(draws.init()) : null;
  const limitMs = Math.min(settings.timeoutSeconds, behaviour.timeoutSeconds ?? Infinity) * 1000;
  const usedMb = behaviour.maxMemoryUsedMb;
  const fits = usedMb === null || usedMb <= memoryMb;
  const timedOut = behaviour.outcome === 'timeout' || runMs > limitMs;
  const outcome = timedOut ? 'timeout' : fits ? behaviour.outcome : 'out-of-memory';
  return {
    outcome,
    durationMs: timedOut ? limitMs : runMs,
    initMs,
    cold,
    maxMemoryUsedMb:
      outcome === 'out-of-memory' ? memoryMb : usedMb === null ? null : Math.min(usedMb, memoryMb),
  };
}
