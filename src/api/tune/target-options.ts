import type { HandlerOptions } from '../shared/handler/handler-options.ts';
import type { TemplateOptions } from '../shared/project/template-options.ts';

/** What to tune, one of the four with what belongs to it: texts, not yet looked at. */
export interface TargetOptions extends HandlerOptions, TemplateOptions {
  /** A handler on this machine. */
  readonly local?: string;
  /** A project's template, one function of which is run on this machine. */
  readonly template?: string;
  /** The file of a recorded function. */
  readonly recorded?: string;
  /** Memory and timeout before tuning, of what runs on this machine: `512MB/60s`. */
  readonly current?: string;
  /** How a handler on this machine is given its CPU share. */
  readonly cpu?: string;
  readonly seed?: string;
  /** Whether what a handler prints is told. */
  readonly verbose?: boolean;
}
