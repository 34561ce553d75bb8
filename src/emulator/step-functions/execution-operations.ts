import { randomUUID } from 'node:crypto';
import type { Json } from '../../contract/shared/json.ts';
import type { EmbeddedExecution } from './embedded-execution.ts';
import type { Operations } from './operation.ts';
import { page } from './page.ts';
import { SfnException } from './sfn-exception.ts';

const MOST_ARN_LENGTH = 256;

/** In the order in which AWS prints them. */
const STATUSES = [
  'SUCCEEDED',
  'TIMED_OUT',
  'PENDING_REDRIVE',
  'ABORTED',
  'FAILED',
  'RUNNING',
] as const;

export const EXECUTION_OPERATIONS: Operations = {
  StartExecution: (members, account) => {
    const machine = account.machine(members.requiredString('stateMachineArn', MOST_ARN_LENGTH));
    const name = members.string('name') ?? randomUUID();
    const execution = machine.startExecution(name, members.string('input') ?? '{}');
    return { executionArn: execution.start.arn, startDate: execution.startedAtMs / 1000 };
  },

  DescribeExecution: (members, account) => {
    const execution = account.execution(members.requiredString('executionArn', MOST_ARN_LENGTH));
    const included = members.oneOf('includedData', ['ALL_DATA', 'METADATA_ONLY']);
    return describe(execution, included !== 'METADATA_ONLY');
  },

  StopExecution: async (members, account) => {
    const execution = account.execution(members.requiredString('executionArn', MOST_ARN_LENGTH));
    const error = members.string('error', 256);
    const cause = members.string('cause', 32_768);
    await execution.stop({
      ...(error === null ? {} : { error }),
      ...(cause === null ? {} : { cause }),
    });
    return { stopDate: (execution.stoppedAtMs ?? Date.now()) / 1000 };
  },

  GetExecutionHistory: (members, account) => {
    const execution = account.execution(members.requiredString('executionArn', MOST_ARN_LENGTH));
    const events = execution.history(members.boolean('includeExecutionData') ?? true);
    const ordered = members.boolean('reverseOrder') === true ? events.toReversed() : events;
    const { items, next } = page(ordered, ({ id }) => JSON.stringify(id), members);
    return { events: [...items], ...next };
  },

  ListExecutions: (members, account) => {
    const status = members.oneOf('statusFilter', STATUSES);
    if (members.has('mapRunArn') || !members.has('stateMachineArn')) {
      throw new SfnException(
        'ValidationException',
        'The embedded Step Functions endpoint has no Map Runs: wanted a stateMachineArn and no mapRunArn.',
      );
    }
    const machine = account.machine(members.requiredString('stateMachineArn', MOST_ARN_LENGTH));
    const executions = machine
      .executions()
      .filter((execution) => status === null || execution.status === status)
      .toReversed();
    const { items, next } = page(executions, ({ start }) => start.name, members, 3096);
    return { executions: items.map(summary), ...next };
  },
};

function summary(execution: EmbeddedExecution): { readonly [member: string]: Json } {
  const { start, startedAtMs, stoppedAtMs, status } = execution;
  return {
    executionArn: start.arn,
    stateMachineArn: start.machineArn,
    name: start.name,
    status,
    startDate: startedAtMs / 1000,
    ...(stoppedAtMs === null ? {} : { stopDate: stoppedAtMs / 1000 }),
    redriveCount: 0,
  };
}

function describe(
  execution: EmbeddedExecution,
  withData: boolean,
): { readonly [member: string]: Json } {
  const { start, output, status, failure } = execution;
  return {
    ...summary(execution),
    ...(withData ? { input: start.inputText, inputDetails: { included: true } } : {}),
    ...(withData && output !== undefined
      ? { output: JSON.stringify(output), outputDetails: { included: true } }
      : {}),
    ...failure,
    // AWS could redrive one that did not succeed; this endpoint has no RedriveExecution.
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: `Execution is ${status} and cannot be redriven`,
  };
}
