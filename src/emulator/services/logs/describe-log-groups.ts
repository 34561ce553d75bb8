import { ServiceError } from '../service-error.ts';
import { memberText, type CloudWatchLogs, type LogsOperation } from './logs-operation.ts';

const LARGEST_PAGE = 50;

/** DescribeLogGroups: by prefix or by a part of the name, in pages of at most 50. */
export const describeLogGroups: LogsOperation = (members, logs) => {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: part, logGroupClass } = members;
  if (prefix !== undefined && part !== undefined) {
    throw invalid('logGroupNamePrefix and logGroupNamePattern are mutually exclusive');
  }
  const limit = members['limit'] ?? LARGEST_PAGE;
  if (!(typeof limit === 'number' && limit >= 1 && limit <= LARGEST_PAGE)) {
    throw invalid(`limit: wanted 1 to ${LARGEST_PAGE}, it is ${memberText(limit)}`);
  }
  const names = members['logGroupIdentifiers'];
  const after = members['nextToken'] === undefined ? null : memberText(members['nextToken']);
  const found = logs.store
    .groups()
    .filter(
      (name) =>
        (prefix === undefined || name.startsWith(memberText(prefix))) &&
        (part === undefined || name.includes(memberText(part))) &&
        (logGroupClass === undefined || logs.settingsOf(name).class === logGroupClass) &&
        (!Array.isArray(names) ||
          names.some((each) => each === name || each === logs.arnOf(name))) &&
        (after === null || name > after),
    );
  const page = found.slice(0, limit);
  return {
    logGroups: page.map((name) => shapeOf(name, logs)),
    ...(page.length < found.length ? { nextToken: page.at(-1) } : {}),
  };
};

function shapeOf(name: string, logs: CloudWatchLogs): Readonly<Record<string, unknown>> {
  const { class: logGroupClass, retentionDays, kmsKeyId } = logs.settingsOf(name);
  let storedBytes = 0;
  for (const { size } of logs.store.visible(name, 0)) storedBytes += size;
  return {
    logGroupName: name,
    arn: `${logs.arnOf(name)}:*`,
    logGroupArn: logs.arnOf(name),
    storedBytes,
    logGroupClass,
    ...(retentionDays === undefined ? {} : { retentionInDays: retentionDays }),
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
  };
}

function invalid(message: string): ServiceError {
  return new ServiceError(400, 'InvalidParameterException', message);
}
