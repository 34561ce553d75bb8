/** The options of `powerdial logs`, as the command line gives them. */
export interface LogsOptions {
  /** Reads CloudWatch Logs in place of files. */
  readonly function?: string;
  /** How far back, with `function`. */
  readonly since?: string;
  readonly profile?: string;
  readonly json?: boolean;
  readonly region?: string;
  readonly architecture?: 'x86_64' | 'arm64';
  readonly color?: boolean;
  readonly quiet?: boolean;
}
