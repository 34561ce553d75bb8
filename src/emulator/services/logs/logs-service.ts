import { isList } from '../../../contract/shared/json.ts';
import { jsonMembers, jsonRefusal, jsonReply, targetOf } from '../json-target.ts';
import { ServiceError } from '../service-error.ts';
import type { Service } from '../service.ts';
import { describeLogGroups } from './describe-log-groups.ts';
import { readFilterPattern } from './filter-pattern.ts';
import { QUERY_OPERATIONS } from './insights/query-operations.ts';
import { keptSinceMs } from './log-group.ts';
import { searchLog, type LogQuery } from './log-query.ts';
import type { CloudWatchLogs, LogsOperation } from './logs-operation.ts';

const TARGET = 'Logs_20140328';
const MAX_EVENTS = 10_000;
const MAX_PATTERN = 1024;

const OPERATIONS: Readonly<Record<string, LogsOperation>> = {
  FilterLogEvents: filterLogEvents,
  DescribeLogGroups: describeLogGroups,
  ...QUERY_OPERATIONS,
};

/** CloudWatch Logs, as far as a run and a history need it. */
export function logsService(
  options: Omit<CloudWatchLogs, 'queries' | 'starts' | 'looks'>,
): Service {
  const logs: CloudWatchLogs = { ...options, queries: new Map(), starts: [], looks: [] };
  return {
    name: 'logs',
    accepts: (request) => targetOf(request, TARGET) !== null,
    understand(request) {
      const operation = targetOf(request, TARGET) ?? '';
      const members = jsonMembers(request);
      return {
        operation,
        action: `logs:${operation}`,
        resource: resourceOf(operation, members, logs),
        functionName: null,
        qualifier: null,
        run: () => {
          const run = OPERATIONS[operation];
          if (run !== undefined) return jsonReply('1.1', run(members, logs));
          const message = `The embedded endpoint does not have ${operation} of CloudWatch Logs; it has ${Object.keys(OPERATIONS).join(', ')}.`;
          throw new ServiceError(400, 'UnknownOperationException', message);
        },
      };
    },
    refuse: (error) => jsonRefusal('1.1', error),
  };
}

/**
 * Tells what IAM decides on: searches and queries on the streams of a group ("logs:StartQuery on resource:
 * arn:aws:logs:us-east-2:…:log-group:…:log-stream:", github.com/aws/aws-sdk-js/issues/3022), the answer of a
 * query on the group that it asked. StopQuery, DescribeQueries and DescribeLogGroups have no resource of
 * their own.
 */
function resourceOf(
  operation: string,
  members: Readonly<Record<string, unknown>>,
  { queries }: CloudWatchLogs,
): string {
  const { logGroupName, logGroupNames, queryId } = members;
  const asked = operation === 'GetQueryResults' ? queries.get(String(queryId)) : undefined;
  const first = isList(logGroupNames) ? logGroupNames[0] : undefined;
  const group = logGroupName ?? first ?? asked?.request.groups[0];
  if (typeof group !== 'string') return '*';
  const isOnStreams = ['FilterLogEvents', 'StartQuery', 'GetQueryResults'].includes(operation);
  const end = isOnStreams ? ':log-stream:' : '';
  return `arn:aws:logs:*:*:log-group:${group}${end}`;
}

function filterLogEvents(
  members: Readonly<Record<string, unknown>>,
  { store, scanPerPage, settingsOf, now }: CloudWatchLogs,
): Readonly<Record<string, unknown>> {
  const query = readQuery(members);
  if (!store.hasGroup(query.group)) {
    const message = 'The specified log group does not exist.';
    throw new ServiceError(400, 'ResourceNotFoundException', message);
  }
  const settings = settingsOf(query.group);
  const { class: groupClass } = settings;
  if (groupClass !== 'STANDARD') {
    // As aws/karpenter-provider-aws#9567 prints it.
    const message = `The log group ${query.group} is of log-group-class ${groupClass}. FilterLogEvents is not supported for this log class.`;
    throw new ServiceError(400, 'InvalidOperationException', message);
  }
  const startMs = Math.max(query.startMs, keptSinceMs(settings, now()));
  const page = searchLog(store, { ...query, startMs }, scanPerPage);
  return {
    events: page.events.map(({ chunk, line, message }) => ({
      logStreamName: chunk.stream,
      timestamp: chunk.atMs,
      message,
      ingestionTime: chunk.visibleAtMs,
      eventId: String(chunk.sequence * 1_000_000 + line).padStart(56, '0'),
    })),
    searchedLogStreams: [],
    ...(page.token === null ? {} : { nextToken: page.token }),
  };
}

function readQuery(members: Readonly<Record<string, unknown>>): LogQuery {
  const text = (name: string): string | null => {
    const value = members[name];
    return typeof value === 'string' ? value : null;
  };
  const number = (name: string, otherwise: number): number => {
    const value = members[name];
    return typeof value === 'number' ? value : otherwise;
  };
  const group = text('logGroupName');
  if (group === null)
    throw toInvalidParameter('logGroupName: wanted the name of a log group, there is none');
  const pattern = text('filterPattern') ?? '';
  if (pattern.length > MAX_PATTERN) {
    throw toInvalidParameter(
      `filterPattern: wanted at most ${MAX_PATTERN} characters, it has ${pattern.length}`,
    );
  }
  const limit = number('limit', MAX_EVENTS);
  if (!(limit >= 1 && limit <= MAX_EVENTS)) {
    throw toInvalidParameter(`limit: wanted 1 to ${MAX_EVENTS}, it is ${limit}`);
  }
  const names = members['logStreamNames'];
  const prefix = text('logStreamNamePrefix') ?? '';
  return {
    group,
    texts: readFilterPattern(pattern),
    startMs: number('startTime', 0),
    endMs: number('endTime', Infinity),
    inStream: (stream) =>
      stream.startsWith(prefix) && (!Array.isArray(names) || names.includes(stream)),
    limit,
    token: text('nextToken'),
  };
}

function toInvalidParameter(message: string): ServiceError {
  return new ServiceError(400, 'InvalidParameterException', message);
}
