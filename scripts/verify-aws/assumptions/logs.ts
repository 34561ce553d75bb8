import type { Account } from '../account.ts';
import { judged, lambdaGuide, model, notHeld, notTried, type Assumption } from '../assumption.ts';

/** Reports in CloudWatch Logs, where the answer came without one. */
export const LOGS: readonly Assumption[] = [
  {
    id: 'report-in-log-group',
    call: 'logs:FilterLogEvents',
    assumed: 'The REPORT of an invocation is found by its quoted request id.',
    source: model(
      'cloudwatch-logs',
      'You can list all the log events or filter the results using one or more of the following',
    ),
    otherwise: 'Reports that the tail lacks are lost; a check cannot tell environments apart.',
    proof: async (account) => {
      const { Version = '' } = await account.version(account.sizes[0]);
      const events = await reportOf(account, Version);
      if (events === null) return notTried(NO_LOGS);
      return judged(
        events.some(({ message }) => message.includes('REPORT') || message.includes('report')),
        `${events.length} lines of the request`,
      );
    },
  },
  {
    id: 'stream-names-version',
    call: 'logs:FilterLogEvents',
    assumed: 'The name of the log stream holds the version in brackets, behind the date.',
    source: lambdaGuide(
      'Configuring CloudWatch log groups',
      'monitoring-cloudwatchlogs-loggroups',
      'the log streams Lambda creates include the function name and function version',
    ),
    otherwise: 'Searches by stream find nothing; they are searched without it.',
    proof: async (account) => {
      const { Version = '' } = await account.version(account.sizes[0]);
      const events = await reportOf(account, Version);
      if (events === null) return notTried(NO_LOGS);
      const [stream = ''] = events.map((each) => each.stream);
      return judged(
        new RegExp(String.raw`^\d{4}/\d\d/\d\d/([^[]*)\[${Version}\]`).test(stream),
        stream.replace(/[0-9a-f]{32}$/, '…'),
      );
    },
  },
  {
    id: 'stream-prefix-narrows',
    call: 'logs:FilterLogEvents',
    assumed:
      'A search with the date and the version as prefix of the stream finds that version’s lines and no other’s.',
    source: model(
      'cloudwatch-logs',
      'Filters the results to include only events from log streams that have names starting with this prefix.',
    ),
    otherwise: 'Searches read the whole traffic of the function and may not end in time.',
    proof: async (account) => {
      const [first, second] = account.sizes;
      const { Version: mine = '' } = await account.version(first);
      const { Version: other = '' } = await account.version(second);
      const events = await reportOf(account, mine);
      if (events === null || (await reportOf(account, other)) === null) return notTried(NO_LOGS);
      const stream = events[0]?.stream ?? '';
      const streamPrefix = stream.slice(0, stream.indexOf(']') + 1);
      const found = await account.findLog({
        text: 'RequestId',
        streamPrefix,
        sinceMs: account.startedMs,
      });
      if (found.length === 0) return notHeld(`nothing under “${streamPrefix}”`);
      const strange = found.filter((each) => !each.stream.startsWith(streamPrefix));
      return judged(
        strange.length === 0,
        `${found.length} lines under “${streamPrefix}”, ${strange.length} of other streams`,
      );
    },
  },
  {
    id: 'queued-invocation-is-logged',
    call: 'logs:FilterLogEvents',
    assumed: 'A queued invocation runs under the request id that the queue answered with.',
    source: model(
      'lambda',
      'For either invocation type, you can find more information in the execution log and trace.',
    ),
    otherwise: 'Functions with timeouts of nearly 15 minutes cannot be measured.',
    proof: async (account) => {
      const { Version = '' } = await account.version(account.sizes[1]);
      const { requestId, status } = await account.invoke({ qualifier: Version, type: 'Event' });
      const events = await account.findLog({ text: requestId, sinceMs: account.startedMs });
      return events.length === 0
        ? notHeld(`status ${status}, and no line of the request was found`)
        : judged(status === 202, `status ${status}, ${events.length} lines of the request`);
    },
  },
];

const NO_LOGS = 'no line of the invocation was found in the log group within the wait';

/** The lines of one invocation of a version; each version is invoked for it once. */
async function reportOf(account: Account, version: string) {
  const known = account.invocations.get(version);
  const requestId = known ?? (await account.invoke({ qualifier: version })).requestId;
  account.invocations.set(version, requestId);
  const events = await account.findLog({ text: requestId, sinceMs: account.startedMs });
  return events.length === 0 ? null : events;
}
