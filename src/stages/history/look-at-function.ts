import type { LogGroupFacts } from '../../contract/history/deps.ts';
import type { HistoryWindow } from '../../contract/history/history.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import {
  assumedGroup,
  noGroup,
  notQueried,
  shorterRetention,
  unreadConfiguration,
} from '../../words/history/history-problems.ts';
import { DAY_MS, type HistoryDeps } from './history-request.ts';

/** What is known of a function and its log group before any log is read. */
export interface Looked {
  readonly name: string;
  readonly configuration: FunctionConfiguration | null;
  readonly group: LogGroupFacts | null;
  readonly groupName: string;
  readonly problem: string | null;
  readonly notes: readonly string[];
}

/** Whatever may not be read is said in its notes, and the others go on. */
export async function lookAtFunction(
  deps: HistoryDeps,
  functionName: string,
  { sinceMs, untilMs }: HistoryWindow,
): Promise<Looked> {
  const name = functionName.replace(/^.*:function:/, '');
  const notes: string[] = [];
  let configuration: FunctionConfiguration | null = null;
  try {
    configuration = await deps.readConfiguration({ functionName });
  } catch (error) {
    if (!isAwsError(error)) throw error;
    notes.push(unreadConfiguration(error));
  }
  const groupName = configuration?.logGroup ?? `/aws/lambda/${name}`;
  let group: LogGroupFacts | null;
  try {
    group = await deps.readLogGroup(groupName);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    notes.push(assumedGroup(error));
    group = { name: groupName, class: 'STANDARD', retentionDays: null, encrypted: false };
  }
  const days = (untilMs - sinceMs) / DAY_MS;
  if (group?.retentionDays !== null && group !== null && group.retentionDays < days) {
    notes.push(shorterRetention(groupName, group.retentionDays));
  }
  const problem =
    group === null ? noGroup(groupName) : group.class === 'DELIVERY' ? notQueried(groupName) : null;
  return { name, configuration, group, groupName, problem, notes };
}
