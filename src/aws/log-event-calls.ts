import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { FindLogEvents, LogEvent } from '../contract/check-deps.ts';
import { translated } from './translate-error.ts';

/** Of 10,000 events each: beyond that the function is too busy for its window to be read. */
const MOST_PAGES = 50;

/** Reads the events of a window in bulk, with their streams: one search for many invocations. */
export function findLogEvents(makeClient: () => Promise<CloudWatchLogsClient>): FindLogEvents {
  return ({ logGroup, text, fromMs, toMs }) =>
    translated('logs:FilterLogEvents', logGroup, async () => {
      const { FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
      const client = await makeClient();
      const events: LogEvent[] = [];
      let nextToken: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const answer = await client.send(
          new FilterLogEventsCommand({
            logGroupName: logGroup,
            startTime: Math.floor(fromMs),
            endTime: Math.ceil(toMs),
            filterPattern: `"${text}"`,
            ...(nextToken === undefined ? {} : { nextToken }),
          }),
        );
        for (const { message, logStreamName } of answer.events ?? []) {
          events.push({ message: message ?? '', stream: logStreamName ?? '' });
        }
        nextToken = answer.nextToken;
        if (nextToken === undefined) break;
      }
      return events;
    });
}
