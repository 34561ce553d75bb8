import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { FindLogEvents, LogEvent } from '../contract/check-deps.ts';
import type { FindLogLines } from '../contract/deps.ts';
import { translated } from './translate-error.ts';

/** Of up to 10,000 events each: a search that is not over after so many pages will not be. */
const MOST_PAGES = 50;

/** A text in a log group, in a window of time; without an end, until now. */
interface Search {
  readonly logGroup: string;
  readonly text: string;
  readonly fromMs: number;
  readonly toMs?: number;
}

/** Searches a log group for a text, such as a request id. Pages may be empty with more to come. */
export function findLogLines(makeClient: () => Promise<CloudWatchLogsClient>): FindLogLines {
  return async ({ logGroup, text, fromMs }) => {
    const events = await search(makeClient, { logGroup, text, fromMs });
    return events.map(({ message }) => message);
  };
}

/** Reads the events of a window in bulk, with their streams: one search for many invocations. */
export function findLogEvents(makeClient: () => Promise<CloudWatchLogsClient>): FindLogEvents {
  return (query) => search(makeClient, query);
}

function search(
  makeClient: () => Promise<CloudWatchLogsClient>,
  { logGroup, text, fromMs, toMs }: Search,
): Promise<readonly LogEvent[]> {
  return translated('logs:FilterLogEvents', logGroup, async () => {
    const { FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
    const client = await makeClient();
    const events: LogEvent[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await client.send(
        new FilterLogEventsCommand({
          logGroupName: logGroup,
          startTime: Math.floor(fromMs),
          ...(toMs === undefined ? {} : { endTime: Math.ceil(toMs) }),
          // Quoted: a request id holds dashes, which are operators otherwise.
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
