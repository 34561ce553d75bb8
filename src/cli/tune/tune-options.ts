import type { TargetOptions } from '../../api/tune/target-options.ts';

/** The options of `powerdial tune`, as the command line gives them: texts, not yet looked at. */
export interface TuneOptions extends TargetOptions {
  readonly embedded?: boolean;
  readonly stateMachine?: string;
  readonly attach?: string;
  readonly input?: string;
  readonly config?: string;
  readonly payload?: readonly string[];
  readonly preProcessor?: string;
  readonly postProcessor?: string;
  readonly pause?: string;
  readonly onlyColdStarts?: boolean;
  readonly varyPayload?: boolean;
  readonly allowRepeats?: boolean;
  readonly memory?: string;
  readonly allowSmall?: boolean;
  readonly invocations?: string;
  readonly goal?: string;
  readonly weight?: string;
  readonly tolerance?: string;
  readonly maxDuration?: readonly string[];
  readonly maxCost?: string;
  readonly maxUsd?: string;
  readonly concurrency?: string;
  readonly coldStarts?: string;
  readonly coldShare?: string;
  readonly measureTimeout?: string;
  readonly invocationsPerMonth?: string;
  readonly rate?: string;
  /** `false`: `--no-history`. */
  readonly history?: string | boolean;
  readonly ignoreError?: readonly string[];
  readonly apply?: boolean;
  readonly applyAlias?: string;
  readonly applyTimeout?: boolean;
  readonly json?: boolean;
  readonly out?: readonly string[];
  readonly title?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly color?: boolean;
  readonly progress?: string;
  readonly quiet?: boolean;
}
