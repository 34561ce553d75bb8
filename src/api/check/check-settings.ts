import type { HandlerOptions } from '../shared/handler/handler-options.ts';

/** What a check is of and how it measures, beside its configuration: texts, not yet looked at. */
export interface CheckSettings extends HandlerOptions {
  /** A version or alias, or a baseline file. */
  readonly base?: string;
  readonly head?: string;
  /** Handlers on this machine: the base's and the head's, or the head's alone. */
  readonly local?: readonly string[];
  /** Templates: the base's and the head's, or the head's alone. */
  readonly template?: readonly string[];
  readonly resource?: string;
  readonly parameter?: readonly string[];
  readonly payload?: readonly string[];
  readonly varyPayload?: boolean;
  readonly allowRepeats?: boolean;
  /** What shares the price of provisioned concurrency. */
  readonly invocationsPerMonth?: string;
  /** Memory of handlers on this machine. */
  readonly memory?: string;
  readonly cpu?: string;
  /** The file that the head is to become the baseline in. */
  readonly saveBaseline?: string;
  /** Whether a baseline that is not there is asked for even where this check makes it. */
  readonly requireBaseline?: boolean;
  readonly ignoreError?: readonly string[];
  /** Whether what regressed is measured once more. */
  readonly confirm?: boolean;
  readonly stateMachine?: string;
  /** Whether the check is played here although a workflow is deployed. */
  readonly embedded?: boolean;
  /** Whether what local handlers print is told. */
  readonly verbose?: boolean;
}
