import type {
  CloudWatchLogsClient,
  FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { FindLogEvents, LogEvent } from '../contract/shared/deps.ts';
import { translateErrors } from './translate-error.ts';

type Query = Parameters<FindLogEvents>[0];

/**
 * Searches a log group. A page holds up to 1 MB and may be empty with more to come, so in a busy group a
 * search can take minutes: it ends when its time is over, and what it found by then is kept.
 */
export function findLogEvents(makeClient: () => Promise<CloudWatchLogsClient>): FindLogEvents {
  return (query) =>
    translateErrors('logs:FilterLogEvents', query.logGroup, async () => {
      const over = AbortSignal.timeout(query.withinMs);
      const client = await makeClient();
      const events: LogEvent[] = [];
      try {
        for (const prefix of query.streamPrefixes ?? [null]) {
          for await (const page of pages(client, query, prefix, over))
            events.push(...eventsOf(page));
        }
      } catch (error) {
        // The events found so far are worth more than the rest, so a late page does not lose them.
        if (over.aborted || events.length > 0) return { events, isWhole: false };
        throw error;
      }
      return { events, isWhole: true };
    });
}

async function* pages(
  client: CloudWatchLogsClient,
  { logGroup, text, fromMs, toMs }: Query,
  streamPrefix: string | null,
  over: AbortSignal,
): AsyncGenerator<FilterLogEventsCommandOutput> {
  const { FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
  let nextToken: string | undefined;
  do {
    over.throwIfAborted();
    const command = new FilterLogEventsCommand({
      logGroupName: logGroup,
      startTime: Math.floor(fromMs),
      endTime: Math.ceil(toMs),
      // The text is quoted, because a request id holds dashes, which are operators in a filter pattern.
      filterPattern: `"${text}"`,
      ...(streamPrefix === null ? {} : { logStreamNamePrefix: streamPrefix }),
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    const page = await client.send(command, { abortSignal: over });
    yield page;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}

function eventsOf({ events = [] }: FilterLogEventsCommandOutput): LogEvent[] {
  return events.map(({ message = '', logStreamName = '' }) => ({ message, stream: logStreamName }));
}
