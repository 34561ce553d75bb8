/** The options of `powerdial history`, as the command line gives them: texts, not yet looked at. */
export interface HistoryOptions {
  readonly since: string;
  readonly until?: string;
  readonly all?: boolean;
  /** `key=value`, repeatable: all of them must be there. */
  readonly tag?: readonly string[];
  /** With `*` for anything. */
  readonly name?: string;
  readonly by: 'insights' | 'events';
  readonly maxUsd: string;
  readonly againstResult?: string;
  readonly json?: boolean;
  readonly out?: readonly string[];
  readonly region?: string;
  readonly profile?: string;
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}
