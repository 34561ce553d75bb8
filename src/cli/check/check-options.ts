import type { CheckSettings } from '../../api/check/check-settings.ts';

/** The options of `powerdial compare`, as the command line gives them. */
export interface CompareOptions {
  readonly config?: string;
  readonly memory?: string;
  readonly invocationsPerMonth?: string;
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
export interface CheckOptions extends CompareOptions, CheckSettings {
  readonly maxInvocations?: string;
  readonly concurrency?: string;
  readonly maxUsd?: string;
  readonly seed?: string;
  /** `auto`, `plain` or `json`. */
  readonly progress?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly quiet?: boolean;
}
