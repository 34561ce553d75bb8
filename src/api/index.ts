/**
 * What `powerdial` offers to programs. Options and results are those of the command, which is made of the same
 * pieces; `docs/api.md` has an example of each.
 */
export { tune, TuneAborted, type TuneRequest } from './tune/tune.ts';
export { check, CheckAborted, type CheckRequest } from './check/check.ts';
export { compare, type CompareRequest } from './check/compare.ts';
export { history, HistoryAborted, type HistoryRequest } from './history/history.ts';
export { recommend, type Recommended, type RecommendRequest } from './recommend/recommend.ts';
export { readPlatformLog, type PlatformLog } from './logs/read-platform-log.ts';
export { PowerdialError, type ErrorName } from '../contract/shared/errors.ts';
export { UsageError } from './shared/usage-error.ts';
export type { CheckConfig } from '../contract/check/check-config.ts';
export type { CheckEvent } from '../contract/check/check-event.ts';
export type { CheckResult } from '../contract/check/check.ts';
export type { HistoryEvent } from '../contract/history/history-event.ts';
export type { HistoryResult } from '../contract/history/history.ts';
export type { RunEvent } from '../contract/shared/run-event.ts';
export type { Input } from '../contract/tune/input.ts';
export type { Result } from '../contract/tune/result.ts';
export type { LogObservation } from '../core/platform-log/log-observation.ts';
