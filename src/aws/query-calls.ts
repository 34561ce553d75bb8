import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type {
  ListQueriesUnderWay,
  QueryCalls,
  ReadQuery,
  StartQuery,
  StopQuery,
} from '../contract/history/deps.ts';
import { isAwsError } from '../contract/shared/aws-error.ts';
import { translateErrors } from './translate-error.ts';

/** A page may hold 10,000 rows; as JSON they take more memory than all that is kept of them. */
const PAGE_ROWS = 500;
/** The most that DescribeQueries lists at once (API reference, 2026-11). */
const MOST_LISTED = 1000;

type MakeClient = () => Promise<CloudWatchLogsClient>;

/** Queries of Logs Insights. */
export function queryCalls(makeClient: MakeClient): QueryCalls {
  return {
    startQuery: startQuery(makeClient),
    readQuery: readQuery(makeClient),
    stopQuery: stopQuery(makeClient),
    listQueriesUnderWay: listQueriesUnderWay(makeClient),
  };
}

function startQuery(makeClient: MakeClient): StartQuery {
  return ({ logGroups, text, sinceMs, untilMs }) =>
    translateErrors('logs:StartQuery', logGroups.join(', '), async () => {
      const { StartQueryCommand } = await import('@aws-sdk/client-cloudwatch-logs');
      const client = await makeClient();
      const { queryId = '' } = await client.send(
        new StartQueryCommand({
          logGroupNames: [...logGroups],
          queryString: text,
          startTime: Math.floor(sinceMs / 1000),
          endTime: Math.ceil(untilMs / 1000),
        }),
      );
      return queryId;
    });
}

function readQuery(makeClient: MakeClient): ReadQuery {
  return (queryId, nextToken) =>
    translateErrors('logs:GetQueryResults', queryId, async () => {
      const { GetQueryResultsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
      const client = await makeClient();
      const answer = await client.send(
        new GetQueryResultsCommand({
          queryId,
          maxItems: PAGE_ROWS,
          ...(nextToken === null ? {} : { nextToken }),
        }),
      );
      return {
        status: answer.status ?? 'Unknown',
        bytesScanned: answer.statistics?.bytesScanned ?? 0,
        rows: (answer.results ?? []).map((cells) =>
          Object.fromEntries(cells.map(({ field = '', value = '' }) => [field, value])),
        ),
        nextToken: answer.nextToken ?? null,
      };
    });
}

function stopQuery(makeClient: MakeClient): StopQuery {
  return async (queryId) => {
    const { StopQueryCommand } = await import('@aws-sdk/client-cloudwatch-logs');
    const client = await makeClient();
    try {
      await translateErrors('logs:StopQuery', queryId, () =>
        client.send(new StopQueryCommand({ queryId })),
      );
    } catch (error) {
      // A query that has ended by itself is refused: then there is nothing to stop.
      if (!isAwsError(error, 'refused')) throw error;
    }
  };
}

/** An account has 100 queries under way at most ("CloudWatch Logs quotas", 2026-11), so one page holds them all. */
function listQueriesUnderWay(makeClient: MakeClient): ListQueriesUnderWay {
  return () =>
    translateErrors('logs:DescribeQueries', 'all queries', async () => {
      const { DescribeQueriesCommand } = await import('@aws-sdk/client-cloudwatch-logs');
      const client = await makeClient();
      const lists = await Promise.all(
        (['Scheduled', 'Running'] as const).map((status) =>
          client.send(new DescribeQueriesCommand({ status, maxResults: MOST_LISTED })),
        ),
      );
      return lists
        .flatMap(({ queries = [] }) => queries)
        .flatMap(({ queryId, queryString = '' }) =>
          queryId === undefined ? [] : [{ queryId, text: queryString }],
        );
    });
}
