import { parseCheckConfig, type CheckConfig } from '../../contract/check/check-config.ts';
import type { CheckResult } from '../../contract/check/check.ts';
import type { Result } from '../../contract/tune/result.ts';
import { compareObserved } from './compare-observed.ts';
import { readObserved } from './observed-file.ts';
import { UsageError } from '../shared/usage-error.ts';

export interface CompareRequest {
  /** Results of tune or check with their observations, as files hold them. */
  readonly base: Result | CheckResult;
  readonly head: Result | CheckResult;
  /** Rules, as `powerdial.config.json` has them. @default duration, cost and errors may not get worse */
  readonly config?: Partial<CheckConfig>;
  /** The size at which two results of tune are compared, in MB. @default the present one */
  readonly memoryMb?: number;
  /** Whether the two are one function under two names. @default false */
  readonly renamed?: boolean;
}

/**
 * Judges two results, without measuring.
 *
 * @example
 * const { passed } = compare({ base: JSON.parse(before), head: JSON.parse(after) });
 *
 * @throws {UsageError} where they cannot be compared, or the rules are wrong
 * @throws {PowerdialError} NothingMeasured where one of them holds no observations
 */
export function compare(request: CompareRequest): CheckResult {
  const parsed = parseCheckConfig(request.config ?? {});
  if (parsed.kind === 'invalid') throw new UsageError(parsed.problems);
  const { memoryMb, renamed } = request;
  const options = {
    ...(memoryMb === undefined ? {} : { memory: String(memoryMb) }),
    ...(renamed === undefined ? {} : { renamed }),
  };
  const base = readObserved('base', request.base);
  return compareObserved(base, readObserved('head', request.head), options, parsed.config);
}
