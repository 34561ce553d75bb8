import { describe, expect, it } from 'vitest';
import { matchesError } from '../../../src/emulator/player/error-matching.ts';

// Developer Guide, "Handling errors in Step Functions workflows", error names.
describe('which errors a retrier or catcher is meant for', () => {
  it.each<[string, string | undefined, boolean]>([
    ['MyError', 'MyError', true],
    ['MyError', 'myerror', false],
    ['MyError', 'MyErrors', false],
    ['MyError', undefined, false],
    ['States.ALL', 'MyError', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.TaskFailed', true],
    ['States.ALL', 'States.QueryEvaluationError', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.ALL', 'States.Runtime', false],
    ['States.TaskFailed', 'MyError', true],
    ['States.TaskFailed', 'Lambda.TooManyRequestsException', true],
    ['States.TaskFailed', 'States.QueryEvaluationError', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.TaskFailed', 'States.DataLimitExceeded', false],
    ['States.TaskFailed', 'States.Runtime', false],
    ['States.Timeout', 'States.Timeout', true],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.Runtime', 'States.Runtime', false],
  ])('%s, when the error is %s: %s', (pattern, error, matches) => {
    expect(matchesError([pattern], error)).toBe(matches);
    expect(matchesError(['Other', pattern], error)).toBe(matches);
  });
});
