import { DescribeExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { DescribeExecution } from '../contract/execution.ts';
import { translated } from './translate-error.ts';

export function describeExecution(client: SFNClient): DescribeExecution {
  return (executionArn) =>
    translated('states:DescribeExecution', executionArn, async () => {
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
