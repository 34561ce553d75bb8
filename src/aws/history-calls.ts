import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import {
  paginateListFunctions,
  paginateListVersionsByFunction,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type {
  ListedFunction,
  ListFunctions,
  QueryCalls,
  ReadFootprint,
  ReadLogGroup,
} from '../contract/history/deps.ts';
import { connection, controlClient, type ConnectionOptions } from './lambda-client.ts';
import { queryCalls } from './query-calls.ts';
import { translateErrors } from './translate-error.ts';

export interface HistoryCalls extends QueryCalls {
  readonly readLogGroup: ReadLogGroup;
  readonly listFunctions: ListFunctions;
  readonly readFootprint: ReadFootprint;
  readonly close: () => void;
}

/** Tells what a history asks of AWS beside the function itself: it changes nothing there. */
export async function historyCalls(options: ConnectionOptions): Promise<HistoryCalls> {
  const { CloudWatchLogsClient, DescribeLogGroupsCommand } =
    await import('@aws-sdk/client-cloudwatch-logs');
  const sdk = { DescribeLogGroupsCommand };
  const lambda = controlClient(options);
  const logs = new CloudWatchLogsClient({
    ...connection(options),
    // CloudWatch Logs lets ten queries start in a second. It refuses the eleventh, and the client tries again.
    maxAttempts: 8,
    retryMode: 'adaptive',
  });
  return {
    ...queryCalls(() => Promise.resolve(logs)),
    readLogGroup: readLogGroup(logs, sdk),
    listFunctions: listFunctions(lambda),
    readFootprint: readFootprint(lambda),
    close() {
      logs.destroy();
      lambda.destroy();
    },
  };
}

type Sdk = Pick<typeof import('@aws-sdk/client-cloudwatch-logs'), 'DescribeLogGroupsCommand'>;

function readLogGroup(
  client: CloudWatchLogsClient,
  { DescribeLogGroupsCommand }: Sdk,
): ReadLogGroup {
  return (name) =>
    translateErrors('logs:DescribeLogGroups', name, async () => {
      let nextToken: string | undefined;
      do {
        const page = await client.send(
          new DescribeLogGroupsCommand({
            logGroupNamePrefix: name,
            ...(nextToken === undefined ? {} : { nextToken }),
          }),
        );
        const found = page.logGroups?.find(({ logGroupName }) => logGroupName === name);
        if (found !== undefined) {
          return {
            name,
            class: found.logGroupClass ?? 'STANDARD',
            retentionDays: found.retentionInDays ?? null,
            encrypted: found.kmsKeyId !== undefined,
          };
        }
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return null;
    });
}

function listFunctions(client: LambdaClient): ListFunctions {
  return () =>
    translateErrors('lambda:ListFunctions', '*', async () => {
      const all: ListedFunction[] = [];
      for await (const page of paginateListFunctions({ client }, {})) {
        for (const { FunctionName, FunctionArn, CodeSize } of page.Functions ?? []) {
          all.push({
            name: FunctionName ?? '',
            arn: FunctionArn ?? '',
            codeBytes: CodeSize ?? null,
          });
        }
      }
      return all;
    });
}

function readFootprint(client: LambdaClient): ReadFootprint {
  return (functionName) =>
    translateErrors('lambda:ListVersionsByFunction', functionName, async () => {
      let codeBytes = 0;
      let versions = 0;
      const pages = paginateListVersionsByFunction({ client }, { FunctionName: functionName });
      for await (const page of pages) {
        for (const { Version, CodeSize = 0 } of page.Versions ?? []) {
          codeBytes += CodeSize;
          if (Version !== '$LATEST') versions += 1;
        }
      }
      return { codeBytes, versions };
    });
}
