import type { HandlerOptions } from '../shared/handler/handler-options.ts';

/** The options of `powerdial compare`, as the command line gives them. */
export interface CompareOptions {
  readonly config?: string;
  readonly memory?: string;
  /** Of compare: the two files' functions are one, under two names. */
  readonly renamed?: boolean;
  readonly falseAlarmRate?: string;
  readonly failOnInconclusive?: boolean;
  readonly json?: boolean;
  readonly out?: readonly string[];
  readonly title?: string;
  readonly color?: boolean;
}

/** The options of `powerdial check`. */
export interface CheckOptions extends CompareOptions, HandlerOptions {
  readonly base?: string;
  readonly head?: string;
  readonly local?: readonly string[];
  /** Templates: the base's and the head's, or the head's alone. */
  readonly template?: readonly string[];
  readonly resource?: string;
  readonly parameter?: readonly string[];
  readonly payload?: readonly string[];
  readonly varyPayload?: boolean;
  readonly allowRepeats?: boolean;
  readonly cpu?: string;
  readonly maxInvocations?: string;
  readonly concurrency?: string;
  readonly maxUsd?: string;
  readonly saveBaseline?: string;
  readonly requireBaseline?: boolean;
  readonly ignoreError?: readonly string[];
  readonly confirm?: boolean;
  readonly seed?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly stateMachine?: string;
  readonly embedded?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}
