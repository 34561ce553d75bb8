import type { HistoryChoice } from '../../api/history/history-choice.ts';

/** The options of `powerdial history`, as the command line gives them: texts, not yet looked at. */
export interface HistoryOptions extends HistoryChoice {
  readonly since: string;
  readonly until?: string;
  readonly by: 'insights' | 'events';
  readonly maxUsd: string;
  readonly againstResult?: string;
  readonly json?: boolean;
  readonly out?: readonly string[];
  readonly region?: string;
  readonly profile?: string;
  readonly color?: boolean;
  /** `auto`, `plain` or `json`. */
  readonly progress?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}
