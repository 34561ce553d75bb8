import {
  CloudWatchLogsClient,
  DescribeQueriesCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { TARGET_NAME } from '../flow/embedded-target.ts';
import { deployedWorkflow, type DeployedWorkflow, type FaultAt } from './deployed-workflow.ts';
import { lambdaContext } from './lambda-context.ts';
import { addLogLine, GROUP, SLOW_QUERY } from './slow-query.ts';

/**
 * A query of production's logs that nobody reads is paid for all the same, so whoever ends a run stops its
 * query.
 */
const INPUT = {
  function: TARGET_NAME,
  memorySizes: [512],
  invocations: 4,
  seed: 7,
  history: { days: 14 },
};
const TEN_MINUTES_MS = 10 * 60_000;

vi.setConfig({ testTimeout: 180_000 });

let workflow: DeployedWorkflow | null = null;
let logs: CloudWatchLogsClient | null = null;

beforeAll(() => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
});

afterEach(async () => {
  logs?.destroy();
  await workflow?.close();
  workflow = null;
});

async function open(faultAt?: FaultAt): Promise<DeployedWorkflow> {
  workflow = await deployedWorkflow(SLOW_QUERY, faultAt);
  addLogLine(workflow);
  logs = new CloudWatchLogsClient({
    endpoint: workflow.target.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return workflow;
}

/** Starts a query as a run does whose answer then got lost: nobody holds its id. */
async function startQuery(queryString: string): Promise<void> {
  const nowS = Math.ceil(Date.now() / 1000);
  await logs?.send(
    new StartQueryCommand({
      logGroupName: GROUP,
      queryString,
      startTime: nowS - 3600,
      endTime: nowS,
    }),
  );
}

/** The texts of the queries that wait or run. */
async function underWay(): Promise<readonly string[]> {
  const { queries = [] } = (await logs?.send(new DescribeQueriesCommand({}))) ?? {};
  return queries
    .filter(({ status }) => status === 'Scheduled' || status === 'Running')
    .map(({ queryString = '' }) => queryString);
}

/** The rule on executions that ended badly calls. */
async function rule({ handlers }: DeployedWorkflow, executionArn: string): Promise<void> {
  const event = { source: 'aws.states', detail: { executionArn, status: 'ABORTED' } };
  await handlers.CleanUp(event, lambdaContext('powerdial-CleanUp', 55));
}

/** Stops a run at its first look at the estimate: the stage goes on, and its count is started after the stop. */
async function stopAtQuery(deployed: DeployedWorkflow, name: string): Promise<string> {
  const { executionArn, status } = await deployed.runUntil('logs:GetQueryResults', name, INPUT);
  expect(status).toBe('ABORTED');
  expect(await underWay()).toEqual([expect.stringContaining(`\n# powerdial run ${name}\n`)]);
  return executionArn;
}

const actionsOf = ({ deeds }: DeployedWorkflow, from = 0): readonly string[] =>
  deeds.slice(from).map(({ action }) => action);

test('a query of production’s logs that a stopped run left under way is stopped by the rule, though nobody holds its id', async () => {
  const deployed = await open();
  const executionArn = await stopAtQuery(deployed, 'dead');
  await rule(deployed, executionArn);
  expect(await underWay()).toEqual([]);
  expect(deployed.deeds.filter(({ allowed }) => !allowed)).toEqual([]);
});

test('a clean-up stops no query but those of its own run', async () => {
  const deployed = await open();
  const executionArn = await stopAtQuery(deployed, 'dead');
  const others = [
    'fields @message',
    'fields @message\n# powerdial run dead-2',
    'fields @message\n# about powerdial run dead',
  ];
  for (const text of others) await startQuery(text);
  await rule(deployed, executionArn);
  expect((await underWay()).toSorted()).toEqual(others.toSorted());
});

test('a second clean-up stops no query that the first has stopped', async () => {
  const deployed = await open();
  const executionArn = await stopAtQuery(deployed, 'dead');
  await rule(deployed, executionArn);
  const from = deployed.deeds.length;
  await rule(deployed, executionArn);
  expect(actionsOf(deployed, from)).toContain('logs:DescribeQueries');
  expect(actionsOf(deployed, from)).not.toContain('logs:StopQuery');
});

test('a query of a stopped run whose event was lost is stopped by the next sweep', async () => {
  const deployed = await open();
  await stopAtQuery(deployed, 'dead');
  deployed.letPass(TEN_MINUTES_MS);
  const { handlers, stateMachineArn } = deployed;
  await handlers.CleanUp({ sweep: { stateMachineArn } }, lambdaContext('CleanUp', 55));
  expect(await underWay()).toEqual([]);
});

test.each(['DescribeQueries', 'StopQuery'])(
  'a clean-up does not fail where %s is denied: the query ends by itself, bounded by its estimate',
  async (denied) => {
    const answer = { kind: 'answer', status: 400, code: 'AccessDeniedException', message: 'no.' };
    const deployed = await open((_, { operation }) =>
      operation === denied ? (answer as ReturnType<FaultAt>) : undefined,
    );
    const executionArn = await stopAtQuery(deployed, 'dead');
    await rule(deployed, executionArn);
    expect(await underWay()).toHaveLength(1);
  },
);

test('a run that asks nothing of the logs asks for no queries when it cleans up', async () => {
  const deployed = await open();
  const input = { ...INPUT, history: false };
  expect(await deployed.run('run-1', input)).toMatchObject({ status: 'SUCCEEDED' });
  expect(actionsOf(deployed).filter((action) => action.includes('Quer'))).toEqual([]);
});
