import { ESTIMATE_QUERY, HISTORY_QUERY } from '../../../src/core/history/history-query.ts';
import { judged, model, notHeld, nowhere, type Assumption } from '../assumption.ts';

/** What a history asks of Logs Insights, and of lists. */
export const HISTORY: readonly Assumption[] = [
  {
    id: 'query-counts-by-computed-fields',
    call: 'logs:StartQuery',
    assumed:
      'A query may count by fields that it parsed and computed itself, with tabs in its patterns.',
    source: nowhere('the pages of Logs Insights on stats, fields and parse have no such example'),
    otherwise: '`powerdial history` fails with MalformedQueryException; `--by events` still reads.',
    proof: async (account) => {
      const { status, rows } = await account.query(HISTORY_QUERY);
      return judged(
        status === 'Complete' && rows.every((row) => row['n'] !== undefined),
        `${status}, ${rows.length} rows`,
      );
    },
  },
  {
    id: 'estimate-has-one-number',
    call: 'logs:StartQuery',
    assumed: 'An estimate answers with one row, which holds the bytes as its largest number.',
    source: nowhere('the page of the estimate command names no column'),
    otherwise: 'The price before a query is wrong; the query still stops at the limit.',
    proof: async (account) => {
      const { status, rows } = await account.query(ESTIMATE_QUERY);
      return judged(status === 'Complete' && rows.length === 1, JSON.stringify(rows));
    },
  },
  {
    id: 'query-results-come-to-an-end',
    call: 'logs:GetQueryResults',
    assumed: 'A query is looked at by its id alone, until its status is an end.',
    source: model('cloudwatch-logs', 'Queries time out after 60 minutes of runtime.'),
    otherwise: 'A history never ends, or is denied: IAM may want the log group there, too.',
    proof: async (account) => {
      const { status } = await account.query('fields @message | limit 1');
      return judged(status === 'Complete', status);
    },
  },
  {
    id: 'stop-query-stops',
    call: 'logs:StopQuery',
    assumed: 'A query that is under way can be stopped, and one that has ended refuses it.',
    source: model('cloudwatch-logs', 'This is true if the query was stopped by the'),
    otherwise: 'A query goes on after Ctrl-C and is paid for.',
    proof: async (account) => {
      const saw = await account.stopQuery();
      return judged(saw === 'stopped' || saw === 'InvalidParameterException', saw);
    },
  },
  {
    id: 'log-group-tells-class',
    call: 'logs:DescribeLogGroups',
    assumed: 'A log group is found by its whole name as prefix, with its class and retention.',
    source: model(
      'cloudwatch-logs',
      'The number of days to retain the log events in the specified log group.',
    ),
    otherwise: 'A group is taken for one of the Standard class that keeps everything.',
    proof: async (account) => {
      const found = await account.describeLogGroup();
      return found === null ? notHeld('no such group') : judged(found.class !== '', found.class);
    },
  },
  {
    id: 'list-functions-lists-all',
    call: 'lambda:ListFunctions',
    assumed: 'All functions of a region are listed in pages, with name, ARN and size of the code.',
    source: model(
      'lambda',
      'Returns a list of Lambda Event Functions, with the version-specific configuration of each.',
    ),
    otherwise: '`powerdial history --all` misses functions.',
    proof: { cannot: 'it would list every function of the account' },
  },
];
