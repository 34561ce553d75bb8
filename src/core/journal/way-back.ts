import type { Setting } from '../../contract/shared/warnings/facts.ts';
import type { SystemLogLevel } from '../../contract/shared/function-configuration.ts';
import type { Settings } from './journal.ts';

/** $LATEST as it is, in the fields that a run changes. */
export interface FoundSettings {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly systemLogLevel: SystemLogLevel | null;
}

export interface WayBack {
  /** Only the fields that still hold the run's value, with the value to go back to. */
  readonly change: {
    readonly memoryMb?: number;
    readonly timeoutSeconds?: number;
    readonly systemLogLevel?: SystemLogLevel;
  };
  /** Fields that somebody else changed in the meantime: they stay theirs. */
  readonly theirs: readonly Setting[];
}

/**
 * Tells how to put settings back that a run changed. Content decides, not revision ids (which also change
 * when an update finishes): a field that still holds what the run set goes back, a field with any other value
 * belongs to somebody else by now.
 */
export function wayBack(found: FoundSettings, set: Settings, was: Settings): WayBack {
  const change: { memoryMb?: number; timeoutSeconds?: number; systemLogLevel?: SystemLogLevel } =
    {};
  const theirs: Setting[] = [];
  if (found.memoryMb !== was.memoryMb) {
    if (found.memoryMb === set.memoryMb) change.memoryMb = was.memoryMb;
    else theirs.push('memory');
  }
  if (found.timeoutSeconds !== was.timeoutSeconds) {
    if (found.timeoutSeconds === set.timeoutSeconds) change.timeoutSeconds = was.timeoutSeconds;
    else theirs.push('timeout');
  }
  if (was.systemLogLevel !== null && found.systemLogLevel !== was.systemLogLevel) {
    if (found.systemLogLevel === set.systemLogLevel) change.systemLogLevel = was.systemLogLevel;
    else theirs.push('system-log-level');
  }
  return { change, theirs };
}
