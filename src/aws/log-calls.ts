import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { FindLogLines } from '../contract/deps.ts';
import { translated } from './translate-error.ts';

/** A search that is not over after so many pages will not be. */
const MOST_PAGES = 50;

/** Searches a log group for a text, such as a request id. Pages may be empty with more to come. */
export function findLogLines(makeClient: () => Promise<CloudWatchLogsClient>): FindLogLines {
  return ({ logGroup, text, fromMs }) =>
    translated('logs:FilterLogEvents', logGroup, async () => {
      const { FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
      const client = await makeClient();
      const lines: string[] = [];
      let nextToken: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const answer = await client.send(
          new FilterLogEventsCommand({
            logGroupName: logGroup,
            startTime: Math.floor(fromMs),
            // Quoted: a request id holds dashes, which are operators otherwise.
            filterPattern: `"${text}"`,
            ...(nextToken === undefined ? {} : { nextToken }),
          }),
        );
        lines.push(...(answer.events ?? []).map((event) => event.message ?? ''));
        nextToken = answer.nextToken;
        if (nextToken === undefined) break;
      }
      return lines;
    });
}
