import type { Json } from '../../contract/shared/json.ts';
import type { RunEvent } from '../../contract/shared/run-event.ts';
import type { SeenFailures } from '../../api/shared/handler/seen-failures.ts';
import type { Terminal } from '../shared/terminal.ts';
import type { Interruption } from '../shared/interruption.ts';
import type { OpenedTarget } from '../../api/tune/opened-target.ts';
import type { TuneOptions } from './tune-options.ts';

/** One run and the command that shows it, up to its exit code. */
export interface Tuning {
  readonly options: TuneOptions;
  readonly terminal: Terminal;
  readonly target: OpenedTarget;
  /** How invocations failed, where they are made from here. */
  readonly failures?: SeenFailures;
  readonly interruption: Interruption;
  readonly emit: (event: RunEvent) => void;
  /** Gives the terminal back, before anything else is written to it. */
  readonly endProgress: () => void;
  /** Takes what `--json` would print, where the run is one of several. */
  readonly collect?: ((output: Json) => unknown) | undefined;
}

/** A run that is still to be started. */
export interface PlannedTuning extends Tuning {
  readonly input: Json;
}
