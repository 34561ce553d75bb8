import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  type ExecutionListItem,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { isAwsError } from '../contract/shared/aws-error.ts';
import type { ReadExecutionStatus } from '../contract/shared/deps.ts';
import type { AwsError } from '../contract/shared/aws-error.ts';
import type {
  DescribeExecution,
  ListedExecution,
  ListEndedExecutions,
  ReadEnteredStates,
} from '../contract/shared/execution.ts';
import { translateErrors } from './translate-error.ts';

export function describeExecution(client: SFNClient): DescribeExecution {
  return (executionArn) =>
    translateErrors('states:DescribeExecution', executionArn, async () => {
      const answer = await client.send(new DescribeExecutionCommand({ executionArn }));
      return {
        executionArn,
        name: answer.name ?? '',
        status: answer.status ?? 'RUNNING',
        startedAt: (answer.startDate ?? new Date(0)).toISOString(),
        input: answer.input ?? null,
        error: answer.error ?? null,
        redriveCount: answer.redriveCount ?? 0,
      };
    });
}

/**
 * The stage that asks has other work to do. Where the answer takes longer than this, the status is unknown.
 */
const STATUS_WITHIN_MS = 5000;

/**
 * Returns the status of a run's execution, where this caller may know it and it is one of Step Functions' at
 * all. The input stays unread: so no key is needed where execution data is encrypted (DescribeExecution,
 * `includedData`, API model 2026-11).
 *
 * @param onUnknown told why, where the answer is `null` though there is an execution to ask about
 */
export function readExecutionStatus(
  makeClient: () => SFNClient,
  onUnknown: (error: AwsError) => void = () => undefined,
): ReadExecutionStatus {
  return async (executionArn) => {
    if (!executionArn.startsWith('arn:')) return null;
    try {
      return await translateErrors('states:DescribeExecution', executionArn, async () => {
        const command = new DescribeExecutionCommand({
          executionArn,
          includedData: 'METADATA_ONLY',
        });
        const abortSignal = AbortSignal.timeout(STATUS_WITHIN_MS);
        return (await makeClient().send(command, { abortSignal })).status ?? null;
      });
    } catch (error) {
      if (!isAwsError(error)) throw error;
      onUnknown(error);
      return null;
    }
  };
}

/** More events than an execution has that ended in its first state, with every retry. */
const SHORT_HISTORY = 100;

const ENDS: ReadonlySet<string> = new Set([
  'ExecutionAborted',
  'ExecutionFailed',
  'ExecutionSucceeded',
  'ExecutionTimedOut',
]);

export function readEnteredStates(client: SFNClient): ReadEnteredStates {
  return (executionArn) =>
    translateErrors('states:GetExecutionHistory', executionArn, async () => {
      const { events = [], nextToken } = await client.send(
        new GetExecutionHistoryCommand({
          executionArn,
          includeExecutionData: false,
          maxResults: SHORT_HISTORY,
        }),
      );
      const whole = nextToken === undefined && ENDS.has(events.at(-1)?.type ?? '');
      return whole
        ? events.flatMap(({ stateEnteredEventDetails: entered }) => entered?.name ?? [])
        : null;
    });
}

/** The most executions that Step Functions lists in one page (API reference, "ListExecutions", 2026-11). */
const PAGE_SIZE = 1000;
const MOST_PAGES = 3;

export function listEndedExecutions(client: SFNClient): ListEndedExecutions {
  return (stateMachineArn, statusFilter, startedSinceMs) =>
    translateErrors('states:ListExecutions', stateMachineArn, async () => {
      const found: ExecutionListItem[] = [];
      let nextToken: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const answer = await client.send(
          new ListExecutionsCommand({
            stateMachineArn,
            statusFilter,
            maxResults: PAGE_SIZE,
            ...(nextToken === undefined ? {} : { nextToken }),
          }),
        );
        found.push(...(answer.executions ?? []));
        nextToken = answer.nextToken;
        const oldestMs = found.at(-1)?.startDate?.getTime() ?? 0;
        if (nextToken === undefined || oldestMs < startedSinceMs) {
          nextToken = undefined;
          break;
        }
      }
      const since = found.filter(({ startDate }) => (startDate?.getTime() ?? 0) >= startedSinceMs);
      return { executions: since.flatMap(toListed), complete: nextToken === undefined };
    });
}

/** An execution that was redriven and runs again has no end, so it is left out. */
function toListed(item: ExecutionListItem): readonly ListedExecution[] {
  const { executionArn, stopDate, redriveCount } = item;
  if (executionArn === undefined || stopDate === undefined) return [];
  return [{ executionArn, redriveCount: redriveCount ?? 0, stoppedAtMs: stopDate.getTime() }];
}
