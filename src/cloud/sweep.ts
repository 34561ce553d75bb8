import { isAwsError } from '../contract/shared/aws-error.ts';
import type { QueryUnderWay } from '../contract/history/deps.ts';
import type { AllVersions } from '../contract/shared/deps.ts';
import { PowerdialError } from '../contract/shared/errors.ts';
import {
  BAD_ENDS,
  type DescribeExecution,
  type ListedExecution,
  type ListEndedExecutions,
} from '../contract/shared/execution.ts';
import { readFunctionName } from '../contract/shared/read-function-name.ts';
import { isLeftBy } from '../core/journal/left-by.ts';
import { isQueryOf } from '../core/history/query-mark.ts';
import { parseFunctionRef } from '../core/target/function-ref.ts';
import { orElse } from '../stages/target/or-else.ts';
import { inputOf, type CleanedAfter } from './clean-up-after.ts';
import type { EndedExecution } from './read-ended-executions.ts';
import { isDue, STARTED_WITHIN_MS } from './sweep-times.ts';
import { messageOf } from '../contract/shared/thrown.ts';

/** What a sweep needs from the world. */
export interface SweepDeps {
  readonly list: ListEndedExecutions;
  readonly describe: DescribeExecution;
  /** @param region of the function; `null`: where this one runs */
  readonly listAllVersions: (functionName: string, region: string | null) => Promise<AllVersions>;
  /** @param region as above */
  readonly listQueriesUnderWay: (region: string | null) => Promise<readonly QueryUnderWay[]>;
  readonly cleanUp: (ended: EndedExecution) => Promise<CleanedAfter>;
  readonly now: () => number;
  readonly remainingMs: () => number;
}

/** What came of a sweep. */
export interface Swept {
  /** How many executions did not end well and were due. */
  readonly due: number;
  readonly looked: number;
  /** The executions that had left something and were cleaned up after. */
  readonly cleaned: readonly string[];
  /** False where Step Functions has more executions than one sweep lists. */
  readonly complete: boolean;
}

/** The most executions that one sweep looks at: two calls each at most, a tenth of a second. */
const MOST_LOOKED_AT = 100;

/**
 * More time than a usual clean-up takes. Lambda ends a call that takes longer than it has, and the call is
 * repeated.
 */
const SPARE_MS = 20_000;

/**
 * Cleans up after executions that did not end well and that the rule has missed, because EventBridge delivers
 * their events at best effort. The sweep first looks at each function, once for all of its runs. Where it
 * finds nothing of the run, the rule was there before, or there was nothing to do.
 *
 * @throws {PowerdialError} NotPutBack with every execution that could not be cleaned up after
 */
export async function sweep(stateMachineArn: string, deps: SweepDeps): Promise<Swept> {
  const nowMs = deps.now();
  const lists = await Promise.all(
    BAD_ENDS.map((end) => deps.list(stateMachineArn, end, nowMs - STARTED_WITHIN_MS)),
  );
  const due = lists
    .flatMap(({ executions }) => executions)
    .filter(({ stoppedAtMs }) => isDue(nowMs - stoppedAtMs))
    .toSorted((a, b) => b.stoppedAtMs - a.stoppedAtMs);
  const look = looker(deps);
  const cleaned: string[] = [];
  const failed = new Map<string, unknown>();
  let looked = 0;
  for (const execution of due.slice(0, MOST_LOOKED_AT)) {
    if (deps.remainingMs() < SPARE_MS) break;
    looked += 1;
    try {
      if (!(await look(execution))) continue;
      const came = await deps.cleanUp({ ...execution, comesAgain: false });
      if (came.kind === 'cleaned') cleaned.push(execution.executionArn);
    } catch (error) {
      failed.set(execution.executionArn, error);
    }
  }
  if (failed.size > 0) throw sweepFailed(failed);
  const complete = lists.every((each) => each.complete);
  return { due: due.length, looked, cleaned, complete };
}

/**
 * Makes a look at an execution, which tells whether it may have left something. Each function is listed once
 * in a sweep, and the queries of a region once.
 */
function looker(deps: SweepDeps): (execution: ListedExecution) => Promise<boolean> {
  const listed = new Map<string, Promise<AllVersions>>();
  const queries = new Map<string | null, Promise<readonly QueryUnderWay[]>>();
  const hasQuery = async (run: string, region: string | null): Promise<boolean> => {
    // Queries end by themselves, so a sweep does not fail where they may not be listed.
    const underWay = queries.get(region) ?? orElse(deps.listQueriesUnderWay(region), []);
    queries.set(region, underWay);
    return (await underWay).some(({ text }) => isQueryOf(run, text));
  };
  return async ({ executionArn }) => {
    const execution = await deps.describe(executionArn);
    // The execution was redriven since it was listed: the run lives, and it cleans up itself.
    if (execution.status === 'RUNNING') return false;
    const ref = parseFunctionRef(readFunctionName(inputOf(execution)) ?? '');
    if (ref === null) return false;
    const { functionName, region } = ref;
    const key = `${region ?? ''} ${functionName}`;
    const versions = listed.get(key) ?? deps.listAllVersions(functionName, region);
    listed.set(key, versions);
    try {
      const { latest, versions: published } = await versions;
      if (isLeftBy(execution.name, latest, published)) return true;
      return await hasQuery(execution.name, region);
    } catch (error) {
      if (isAwsError(error, 'not-found')) return false;
      // The function may not be read. The clean-up finds out whether the run can have changed anything.
      if (isAwsError(error, 'denied')) return true;
      throw error;
    }
  };
}

function sweepFailed(failed: ReadonlyMap<string, unknown>): PowerdialError {
  const reasons = [...failed].map(([arn, error]) => `${arn}: ${messageOf(error)}`);
  return new PowerdialError(
    'NotPutBack',
    `Clean up after executions that did not end well: wanted nothing of them left, ${failed.size} could not be cleaned up after. ${reasons.join(' ')} Run \`powerdial restore\` for the functions in their inputs.`,
    { cause: [...failed.values()][0], facts: { executions: [...failed.keys()].join(' ') } },
  );
}
