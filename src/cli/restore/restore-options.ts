/** The options of `powerdial restore`. */
export interface RestoreOptions {
  readonly json?: boolean;
  readonly region?: string;
  readonly profile?: string;
  readonly yes?: boolean;
}
