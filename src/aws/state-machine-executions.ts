import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { ExecutionEvent, ExecutionOutcome } from '../contract/shared/execution.ts';
import { translateErrors } from './translate-error.ts';

/**
 * Starts an execution and returns its ARN. Starting it again with the same name and input, while it runs,
 * returns the same execution.
 */
export type StartExecution = (start: {
  readonly stateMachineArn: string;
  readonly name: string;
  /** The input as JSON text. */
  readonly input: string;
}) => Promise<string>;

/** Reads what is known of an execution. For a moment after a change the answer may be the state before it. */
export type ReadExecution = (executionArn: string) => Promise<ExecutionOutcome>;

/** Stops an execution. One that has ended stays as it is. */
export type StopExecution = (executionArn: string, cause: string) => Promise<void>;

/** Reads the events of an execution after a given one, in order. */
export type ReadEvents = (
  executionArn: string,
  afterId: number,
) => Promise<readonly ExecutionEvent[]>;

/** Enough for the events between two reads. A long history comes in several pages. */
const PAGE_SIZE = 100;

export function startExecution(client: SFNClient): StartExecution {
  return ({ stateMachineArn, name, input }) =>
    translateErrors('states:StartExecution', stateMachineArn, async () => {
      const command = new StartExecutionCommand({ stateMachineArn, name, input });
      const { executionArn = '' } = await client.send(command);
      return executionArn;
    });
}

export function readExecution(client: SFNClient): ReadExecution {
  return (executionArn) =>
    translateErrors('states:DescribeExecution', executionArn, async () => {
      const answer = await client.send(new DescribeExecutionCommand({ executionArn }));
      return {
        executionArn,
        stateMachineArn: answer.stateMachineArn ?? '',
        name: answer.name ?? '',
        status: answer.status ?? 'RUNNING',
        input: answer.input ?? null,
        output: answer.output ?? null,
        error: answer.error ?? null,
        cause: answer.cause ?? null,
      };
    });
}

export function stopExecution(client: SFNClient): StopExecution {
  return (executionArn, cause) =>
    translateErrors('states:StopExecution', executionArn, async () => {
      await client.send(new StopExecutionCommand({ executionArn, error: 'Interrupted', cause }));
    });
}

/** Reads from the latest event back to the one that is known, so that a long history is not read again. */
export function readEvents(client: SFNClient): ReadEvents {
  return (executionArn, afterId) =>
    translateErrors('states:GetExecutionHistory', executionArn, async () => {
      const newest: ExecutionEvent[] = [];
      let nextToken: string | undefined;
      do {
        const page = await client.send(
          new GetExecutionHistoryCommand({
            executionArn,
            reverseOrder: true,
            maxResults: PAGE_SIZE,
            ...(nextToken === undefined ? {} : { nextToken }),
          }),
        );
        newest.push(...(page.events ?? []).map(toExecutionEvent));
        nextToken = page.nextToken;
      } while (nextToken !== undefined && (newest.at(-1)?.id ?? 0) > afterId + 1);
      return newest.filter(({ id }) => id > afterId).toReversed();
    });
}

function toExecutionEvent(event: HistoryEvent): ExecutionEvent {
  const failure =
    event.lambdaFunctionFailedEventDetails ??
    event.lambdaFunctionTimedOutEventDetails ??
    event.lambdaFunctionScheduleFailedEventDetails ??
    event.lambdaFunctionStartFailedEventDetails ??
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.taskStartFailedEventDetails ??
    event.taskSubmitFailedEventDetails ??
    event.evaluationFailedEventDetails ??
    event.executionFailedEventDetails ??
    event.executionTimedOutEventDetails ??
    event.executionAbortedEventDetails;
  const scheduled = event.lambdaFunctionScheduledEventDetails ?? event.taskScheduledEventDetails;
  return {
    id: event.id ?? 0,
    type: event.type ?? '',
    atMs: event.timestamp?.getTime() ?? 0,
    stateName: event.stateEnteredEventDetails?.name ?? event.stateExitedEventDetails?.name ?? null,
    output: event.lambdaFunctionSucceededEventDetails?.output ?? null,
    error: failure?.error ?? null,
    timeoutSeconds: scheduled?.timeoutInSeconds ?? null,
  };
}
