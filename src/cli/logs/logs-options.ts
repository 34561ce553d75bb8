/** The options of `powerdial logs`, as the command line gives them. */
export interface LogsOptions {
  readonly json?: boolean;
  readonly region?: string;
  readonly architecture?: 'x86_64' | 'arm64';
  readonly color?: boolean;
  readonly quiet?: boolean;
}
