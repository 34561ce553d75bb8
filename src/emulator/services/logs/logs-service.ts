import { jsonMembers, jsonRefusal, jsonReply, targetOf } from '../json-target.ts';
import { ServiceError } from '../service-error.ts';
import type { ServiceReply } from '../service-reply.ts';
import type { Service, ServiceRequest } from '../service.ts';
import { readFilterPattern } from './filter-pattern.ts';
import { searchLog, type LogQuery } from './log-query.ts';
import type { LogStore } from './log-store.ts';

const TARGET = 'Logs_20140328';
const MAX_EVENTS = 10_000;
const MAX_PATTERN = 1024;

/** The classes of a log group whose events FilterLogEvents reads, and does not read. */
export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS';

export interface LogsServiceOptions {
  readonly store: LogStore;
  /** How many invocations' logs one page looks at. */
  readonly scanPerPage: number;
  /** Of all groups. */
  readonly groupClass: LogGroupClass;
}

/** CloudWatch Logs, as far as a run needs it: FilterLogEvents. */
export function logsService(options: LogsServiceOptions): Service {
  return {
    name: 'logs',
    accepts: (request) => targetOf(request, TARGET) !== null,
    understand(request) {
      const operation = targetOf(request, TARGET) ?? '';
      const members = jsonMembers(request);
      const group = members['logGroupName'];
      return {
        operation,
        action: `logs:${operation}`,
        resource:
          typeof group === 'string' ? `arn:aws:logs:*:*:log-group:${group}:log-stream:` : '*',
        functionName: null,
        qualifier: null,
        run: () => {
          if (operation === 'FilterLogEvents') return filterLogEvents(request, options);
          const message = `The embedded endpoint does not have ${operation} of CloudWatch Logs; it has FilterLogEvents.`;
          throw new ServiceError(400, 'UnknownOperationException', message);
        },
      };
    },
    refuse: (error) => jsonRefusal('1.1', error),
  };
}

function filterLogEvents(
  request: ServiceRequest,
  { store, scanPerPage, groupClass }: LogsServiceOptions,
): ServiceReply {
  const query = readQuery(jsonMembers(request));
  if (!store.hasGroup(query.group)) {
    const message = 'The specified log group does not exist.';
    throw new ServiceError(400, 'ResourceNotFoundException', message);
  }
  if (groupClass !== 'STANDARD') {
    // As aws/karpenter-provider-aws#9567 prints it.
    const message = `The log group ${query.group} is of log-group-class ${groupClass}. FilterLogEvents is not supported for this log class.`;
    throw new ServiceError(400, 'InvalidOperationException', message);
  }
  const page = searchLog(store, query, scanPerPage);
  return jsonReply('1.1', {
    events: page.events.map(({ chunk, line, message }) => ({
      logStreamName: chunk.stream,
      timestamp: chunk.atMs,
      message,
      ingestionTime: chunk.visibleAtMs,
      eventId: String(chunk.sequence * 1_000_000 + line).padStart(56, '0'),
    })),
    searchedLogStreams: [],
    ...(page.token === null ? {} : { nextToken: page.token }),
  });
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
