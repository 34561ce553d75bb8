import { ServiceError } from '../../service-error.ts';
import { memberText, type CloudWatchLogs, type LogsOperation } from '../logs-operation.ts';
import { keptSinceMs } from '../log-group.ts';
import type { LogChunk } from '../log-store.ts';
import { malformed } from './malformed-query.ts';
import { parseQuery } from './parse-query.ts';
import { QueryJob, type QueryRequest } from './query-job.ts';

/** "CloudWatch Logs quotas" and StartQuery (API reference), 2026-11. */
const LIMITS = {
  groups: 50,
  characters: 10_000,
  rows: 100_000,
  atOnce: 100,
  page: 10_000,
  startsPerSecond: 10,
  looksPerSecond: 10,
} as const;

/** StartQuery, GetQueryResults, StopQuery and DescribeQueries. */
export const QUERY_OPERATIONS: Readonly<Record<string, LogsOperation>> = {
  StartQuery(members, logs) {
    refuseTooFast(logs.starts, logs.behaviour.startsPerSecond ?? LIMITS.startsPerSecond);
    const request = readRequest(members, logs);
    if ([...logs.queries.values()].filter(({ isUnderWay }) => isUnderWay).length >= LIMITS.atOnce) {
      throw new ServiceError(
        400,
        'LimitExceededException',
        `Account maximum query concurrency limit of [${LIMITS.atOnce}] reached.`,
      );
    }
    const job = new QueryJob(logs.newId(), request, logs.now());
    logs.queries.set(job.id, job);
    const ending = logs.behaviour.ending?.(logs.queries.size);
    logs.inBackground(
      job.run(chunksOf(request, logs), logs.behaviour, ending, logs.account, logs.closing),
    );
    return { queryId: job.id };
  },

  GetQueryResults(members, logs) {
    refuseTooFast(logs.looks, LIMITS.looksPerSecond);
    const job = findQuery(members, logs);
    const from = readToken(members['nextToken'], job.id);
    const rows = job.rows.slice(from, from + readPage(members['maxItems']));
    const end = from + rows.length;
    return {
      queryLanguage: 'CWLI',
      results: rows,
      statistics: { ...job.statistics, resultCount: job.rows.length },
      status: job.status,
      ...(end < job.rows.length ? { nextToken: toToken(job.id, end) } : {}),
    };
  },

  /** "If the query has already ended, the operation returns an error" (StopQuery, API reference, 2026-11). */
  StopQuery(members, logs) {
    const job = findQuery(members, logs);
    if (!job.isUnderWay) throw invalid(`Query ${job.id} is not running: it is ${job.status}`);
    job.stop();
    return { success: true };
  },

  DescribeQueries(members, logs) {
    const { logGroupName, status, maxResults } = members;
    const found = [...logs.queries.values()].filter(
      (job) =>
        (logGroupName === undefined || job.request.groups.includes(memberText(logGroupName))) &&
        (status === undefined || job.status === status),
    );
    return {
      queries: found.slice(0, typeof maxResults === 'number' ? maxResults : 1000).map((job) => ({
        queryLanguage: 'CWLI',
        queryId: job.id,
        queryString: job.request.text,
        status: job.status,
        createTime: job.createdMs,
        logGroupName: job.request.groups[0],
        bytesScanned: job.statistics.bytesScanned,
      })),
    };
  },
};

/** By real time: the endpoint's own clock may stand still. */
function refuseTooFast(times: number[], perSecond: number): void {
  const nowMs = performance.now();
  while ((times[0] ?? Infinity) <= nowMs - 1000) times.shift();
  if (times.length >= perSecond) {
    throw new ServiceError(400, 'ThrottlingException', 'Rate exceeded');
  }
  times.push(nowMs);
}

function readRequest(
  members: Readonly<Record<string, unknown>>,
  logs: CloudWatchLogs,
): QueryRequest {
  const { queryString, startTime, endTime, limit, queryLanguage = 'CWLI' } = members;
  if (queryLanguage !== 'CWLI') {
    throw invalid(
      `The embedded CloudWatch Logs does not have ${memberText(queryLanguage)}; it has CWLI.`,
    );
  }
  if (typeof queryString !== 'string') throw invalid('queryString: wanted a text, there is none');
  if (queryString.length > LIMITS.characters) {
    throw invalid(
      `queryString: wanted at most ${LIMITS.characters} characters, it has ${queryString.length}`,
    );
  }
  if (typeof startTime !== 'number' || typeof endTime !== 'number' || startTime > endTime) {
    throw invalid('startTime and endTime: wanted seconds since 1970, the start not after the end');
  }
  if (limit !== undefined && !(typeof limit === 'number' && limit >= 1 && limit <= LIMITS.rows)) {
    throw invalid(`limit: wanted 1 to ${LIMITS.rows}, it is ${memberText(limit)}`);
  }
  const groups = readGroups(members);
  for (const group of groups) refuseGroup(group, groups, endTime * 1000, logs);
  return {
    text: queryString,
    commands: parseQuery(queryString),
    limit: limit ?? null,
    groups,
    // Both ends are included, to the second.
    startMs: startTime * 1000,
    endMs: endTime * 1000 + 999,
  };
}

function readGroups(members: Readonly<Record<string, unknown>>): readonly string[] {
  const { logGroupName, logGroupNames, logGroupIdentifiers } = members;
  const given = [
    logGroupName === undefined ? undefined : [logGroupName],
    logGroupNames,
    logGroupIdentifiers,
  ].filter((each) => each !== undefined);
  const [groups] = given;
  if (given.length !== 1 || !Array.isArray(groups)) {
    throw invalid('wanted exactly one of logGroupName, logGroupNames and logGroupIdentifiers');
  }
  if (groups.length === 0 || groups.length > LIMITS.groups) {
    throw invalid(`wanted 1 to ${LIMITS.groups} log groups, there are ${groups.length}`);
  }
  return groups.map((each) => memberText(each).replace(/^arn:.*:log-group:/, ''));
}

function refuseGroup(
  group: string,
  groups: readonly string[],
  endMs: number,
  logs: CloudWatchLogs,
): void {
  const settings = logs.settingsOf(group);
  if (settings.denied === true) {
    throw new ServiceError(
      400,
      'AccessDeniedException',
      `User: arn:aws:sts::${logs.account}:assumed-role/powerdial/embedded is not authorized to perform: logs:StartQuery on resource: ${logs.arnOf(group)} because no identity-based policy allows the logs:StartQuery action`,
    );
  }
  if (!logs.store.hasGroup(group)) {
    throw new ServiceError(
      400,
      'ResourceNotFoundException',
      `Log group '${group}' does not exist for account ID '${logs.account}'`,
    );
  }
  if (settings.class === 'DELIVERY') {
    throw new ServiceError(
      400,
      'InvalidOperationException',
      `The log group ${group} is of log-group-class DELIVERY. StartQuery is not supported for this log class.`,
    );
  }
  if (settings.class !== 'STANDARD' && groups.length > 1) {
    throw invalid(`A query may name one log group of the class ${settings.class}: ${group}`);
  }
  if (endMs < keptSinceMs(settings, logs.now())) {
    throw malformed(
      "Query's end date and time is either before the log groups creation time or exceeds the log groups log retention settings",
    );
  }
}

function* chunksOf(
  { groups, startMs, endMs }: QueryRequest,
  logs: CloudWatchLogs,
): Generator<LogChunk> {
  for (const group of groups) {
    const keptMs = keptSinceMs(logs.settingsOf(group), logs.now());
    for (const chunk of logs.store.visible(group, 0)) {
      if (chunk.atMs >= Math.max(startMs, keptMs) && chunk.atMs <= endMs) yield chunk;
    }
  }
}

function findQuery(members: Readonly<Record<string, unknown>>, logs: CloudWatchLogs): QueryJob {
  const job = logs.queries.get(memberText(members['queryId']));
  if (job !== undefined) return job;
  throw new ServiceError(
    400,
    'ResourceNotFoundException',
    `Query ID does not exist: ${memberText(members['queryId'])}`,
  );
}

function readPage(maxItems: unknown): number {
  if (maxItems === undefined) return LIMITS.page;
  if (typeof maxItems === 'number' && maxItems >= 1 && maxItems <= LIMITS.page) return maxItems;
  throw invalid(`maxItems: wanted 1 to ${LIMITS.page}, it is ${memberText(maxItems)}`);
}

function toToken(id: string, at: number): string {
  return Buffer.from(`${id}:${at}`).toString('base64url');
}

function readToken(token: unknown, id: string): number {
  if (token === undefined) return 0;
  const text = Buffer.from(memberText(token), 'base64url').toString();
  const at = text.startsWith(`${id}:`) ? Number(text.slice(id.length + 1)) : NaN;
  if (Number.isInteger(at)) return at;
  throw invalid('The specified nextToken is invalid.');
}

function invalid(message: string): ServiceError {
  return new ServiceError(400, 'InvalidParameterException', message);
}
