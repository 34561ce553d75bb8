import type { HandlerOptions } from '../../api/shared/handler/handler-options.ts';

/** The options of `powerdial serve`, as the command line gives them: texts, not yet looked at. */
export interface ServeOptions extends HandlerOptions {
  /** `name=handler`, or a handler alone. */
  readonly local?: readonly string[];
  /** Templates whose functions are served. */
  readonly template?: readonly string[];
  /** The functions of them that are; all without it. */
  readonly resource?: readonly string[];
  readonly parameter?: readonly string[];
  /** `name=file.json`, or a file alone. */
  readonly recorded?: readonly string[];
  /** `name=file`. */
  readonly logs?: readonly string[];
  readonly current?: string;
  readonly cpu?: string;
  readonly port?: string;
  readonly region?: string;
  readonly seed?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}
