import type { CpuShare } from './cpu-share.ts';
import type { InitFailure } from './environment-events.ts';
import type { HandlerLocation } from './handler-location.ts';
import type { InvocationEnding } from './invocation-ending.ts';
import type { Guardian } from './guardian.ts';
import type { Meter } from './meter.ts';

/** All environments of one host have these in common. */
export interface EnvironmentKind {
  readonly location: HandlerLocation;
  readonly cpu: CpuShare;
  readonly meter: Meter;
  readonly guardian: Guardian;
  readonly runId: string;
  /** The host's own; each environment gets a folder in it. */
  readonly temporaryDirectory: string;
  readonly inherited: Readonly<Record<string, string>>;
  /** Such as `nodejs24.x`. @default the Node that runs here */
  readonly runtime?: string;
}

/** How an init went; without a failure the process waits for its first event. */
export interface InitResult {
  readonly ms: number;
  readonly failure: InitFailure | null;
}

/** How an event went, on the clock of `performance.now()`. */
export interface RunResult {
  readonly ending: InvocationEnding;
  readonly startMs: number;
  /** When the answer came, or what took its place. */
  readonly endMs: number;
  /** How much longer it would have taken with its share of the processors; 0 where it had just that. */
  readonly heldMs: number;
}

/**
 * `new`: nothing has run yet. `ready`: the process waits for an event. `busy`: it has one. `reset`: the
 * process is gone, the rest stays, as on Lambda after a crash. `ended`: all of it is gone.
 */
export type Phase = 'new' | 'ready' | 'busy' | 'reset' | 'ended';
