import { ESTIMATE_QUERY, HISTORY_QUERY } from '../../../src/core/history/history-query.ts';
import { isQueryOf, markQuery } from '../../../src/core/history/query-mark.ts';
import { judged, model, notHeld, notTried, nowhere, type Assumption } from '../assumption.ts';

/** Text logs have @duration, JSON logs the other. */
const COALESCE_QUERY =
  'fields coalesce(@duration, record.metrics.durationMs) as ms | stats count(*) as n, count(ms) as m';

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
    id: 'coalesce-of-discovered-fields',
    call: 'logs:StartQuery',
    assumed:
      'A query may take the first of two discovered fields that is there, though the log group has only one of them.',
    source: nowhere(
      'the page of functions has coalesce, and no example with a field that is not there',
    ),
    otherwise:
      'Nothing: a history parses the messages itself, because nobody says that this works.',
    proof: async (account) => {
      try {
        const { status } = await account.query(COALESCE_QUERY);
        return judged(status === 'Complete', status);
      } catch (error) {
        const { message } = error as Error;
        // Our endpoint has the syntax of our queries and nothing more.
        if (message.includes('The embedded CloudWatch Logs')) return notTried(message);
        throw error;
      }
    },
  },
  {
    id: 'query-names-its-run',
    call: 'logs:DescribeQueries',
    assumed: 'A query runs with a line of comment in it, and the list of queries shows that line.',
    source: {
      kind: 'guide',
      page: 'CloudWatch Logs User Guide, “Use aliases and comments in queries”',
      url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-alias.html',
      quote: 'CloudWatch Logs Insights supports comments in queries.',
      readOn: '2026-11-28',
    },
    otherwise:
      'The query of a run that was stopped is not found; it ends by itself and is paid for.',
    proof: async (account) => {
      const { status, queryId } = await account.query(markQuery(HISTORY_QUERY, account.run));
      const text = await account.listedQuery(queryId);
      const isFound = text !== null && isQueryOf(account.run, text);
      return judged(status === 'Complete' && isFound, `${status}, ${text ?? 'not listed'}`);
    },
  },
  {
    id: 'query-results-in-pages',
    call: 'logs:GetQueryResults',
    assumed:
      'A page of an answer holds as many rows as were asked for, and a token where there are more.',
    source: model('cloudwatch-logs', 'The maximum is 10,000 log'),
    otherwise: 'A long history comes in pages of another size, or is cut off.',
    proof: async (account) => {
      const { status, rows, hasMore } = await account.query('fields @message | limit 2', 1);
      if (status === 'Complete' && rows.length === 0) return notTried('the log group is empty');
      return judged(rows.length === 1 && hasMore, `${rows.length} rows, more: ${hasMore}`);
    },
  },
  {
    id: 'query-results-on-the-group',
    call: 'logs:GetQueryResults',
    assumed: 'IAM grants it on the log group that was asked, so nobody else’s answers can be read.',
    source: nowhere(
      'the Service Authorization Reference has the log group as its resource, and the API takes only the id of a query',
    ),
    otherwise:
      'ReadHistory is denied, which is said, and a run goes on without what production did.',
    proof: {
      cannot:
        'it takes a role that has it on the log group alone: with such a role, `query-results-come-to-an-end` tells',
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
