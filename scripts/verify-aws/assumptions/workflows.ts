import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Account } from '../account.ts';
import { judged, model, notTried, nowhere, statesGuide, type Assumption } from '../assumption.ts';
import { inWords, refusalOf } from '../refusal.ts';

const NEEDS_DEPLOYMENT = 'it takes a deployed workflow, and this script deploys nothing';

/** Step Functions, S3 and SQS. What needs a deployment is told and not tried. */
export const WORKFLOWS: readonly Assumption[] = [
  {
    id: 'no-such-execution',
    call: 'states:DescribeExecution',
    assumed: 'An execution that does not exist is ExecutionDoesNotExist.',
    source: model('sfn', 'The specified execution does not exist.'),
    otherwise: 'A run that is dead may be taken for alive until its time is over.',
    proof: async (account) => {
      const refusal = await refusalOf(
        account.states.send(
          new DescribeExecutionCommand({
            executionArn: nothingOf(account, 'execution', ':none'),
            includedData: 'METADATA_ONLY',
          }),
        ),
      );
      return judged(refusal?.name === 'ExecutionDoesNotExist', inWords(refusal));
    },
  },
  {
    id: 'status-may-lag',
    call: 'states:DescribeExecution',
    assumed: 'The status may be a moment old, and becomes true.',
    source: model(
      'sfn',
      'This operation is eventually consistent. The results are best effort and may not reflect very recent updates and changes.',
    ),
    otherwise: 'A stopped run would go on invoking until its call ends.',
    proof: { cannot: NEEDS_DEPLOYMENT },
  },
  {
    id: 'no-history',
    call: 'states:GetExecutionHistory',
    assumed: 'The history of an execution that does not exist is ExecutionDoesNotExist.',
    source: model('sfn', 'The specified execution does not exist.'),
    otherwise: 'A clean-up would end with an error where there is nothing to clean up.',
    proof: async (account) => {
      const refusal = await refusalOf(
        account.states.send(
          new GetExecutionHistoryCommand({
            executionArn: nothingOf(account, 'execution', ':none'),
          }),
        ),
      );
      return judged(refusal?.name === 'ExecutionDoesNotExist', inWords(refusal));
    },
  },
  {
    id: 'list-executions-refuses',
    call: 'states:ListExecutions',
    assumed:
      'Listing the executions of a state machine that does not exist is StateMachineDoesNotExist.',
    source: model('sfn', 'The specified state machine does not exist.'),
    otherwise: 'The sweep’s message about a missing state machine would read otherwise.',
    proof: async (account) => {
      const refusal = await refusalOf(
        account.states.send(
          new ListExecutionsCommand({ stateMachineArn: nothingOf(account, 'stateMachine') }),
        ),
      );
      return judged(refusal?.name === 'StateMachineDoesNotExist', inWords(refusal));
    },
  },
  {
    id: 'list-executions-newest-first',
    call: 'states:ListExecutions',
    assumed: 'Executions are listed by time, the most recent one first.',
    source: model('sfn', 'Results are sorted by time, with the most recent execution first.'),
    otherwise: 'The sweep could end its look too early and leave a run to the next run.',
    proof: { cannot: NEEDS_DEPLOYMENT },
  },
  {
    id: 'start-refuses',
    call: 'states:StartExecution',
    assumed:
      'Starting an execution of a state machine that does not exist is StateMachineDoesNotExist.',
    source: model('sfn', 'The specified state machine does not exist.'),
    otherwise: '`powerdial tune` would print another message.',
    proof: async (account) => {
      const refusal = await refusalOf(
        account.states.send(
          new StartExecutionCommand({ stateMachineArn: nothingOf(account, 'stateMachine') }),
        ),
      );
      return judged(refusal?.name === 'StateMachineDoesNotExist', inWords(refusal));
    },
  },
  {
    id: 'stop-refuses',
    call: 'states:StopExecution',
    assumed: 'Stopping an execution that does not exist is ExecutionDoesNotExist.',
    source: model('sfn', 'The specified execution does not exist.'),
    otherwise: 'Ctrl-C on a run that has ended would print an error.',
    proof: async (account) => {
      const refusal = await refusalOf(
        account.states.send(
          new StopExecutionCommand({ executionArn: nothingOf(account, 'execution', ':none') }),
        ),
      );
      return judged(refusal?.name === 'ExecutionDoesNotExist', inWords(refusal));
    },
  },
  {
    id: 'stop-leaves-the-function-running',
    call: 'states:StopExecution',
    assumed: 'A stage’s function that is at work when its execution is stopped runs on to its end.',
    source: nowhere(
      'neither the API reference nor the guide says what becomes of a running function',
    ),
    otherwise:
      'Nothing: Measure asks for its execution by itself, and the rule waits for the stages.',
    proof: { cannot: NEEDS_DEPLOYMENT },
  },
  {
    id: 'state-machines-are-listed',
    call: 'states:ListStateMachines',
    assumed: 'State machines are listed with name and ARN.',
    source: model('sfn', 'Lists the existing state machines.'),
    otherwise: '`powerdial tune` needs `--state-machine`.',
    proof: async (account) => {
      const { stateMachines = [] } = await account.states.send(
        new ListStateMachinesCommand({ maxResults: 1000 }),
      );
      const whole = stateMachines.every(
        ({ name, stateMachineArn }) => name !== undefined && stateMachineArn !== undefined,
      );
      return judged(whole, `${stateMachines.length} on the first page`);
    },
  },
  {
    id: 'tags-are-listed',
    call: 'states:ListTagsForResource',
    assumed: 'The tags of a state machine are listed.',
    source: model('sfn', 'List tags for a given resource.'),
    otherwise: '`powerdial tune` needs `--state-machine`.',
    proof: async (account) => {
      const { stateMachines = [] } = await account.states.send(
        new ListStateMachinesCommand({ maxResults: 1000 }),
      );
      const ours = stateMachines.find(({ name }) => name?.startsWith('powerdial') === true);
      if (ours === undefined) return notTried('no state machine here is called powerdial…');
      const { tags = [] } = await account.states.send(
        new ListTagsForResourceCommand({ resourceArn: ours.stateMachineArn }),
      );
      return judged(tags.length > 0, tags.map(({ key = '' }) => key).join(', '));
    },
  },
  {
    id: 'stages-are-invoked',
    call: 'states:lambda:invoke',
    assumed:
      'A Task that names a function’s ARN gives it the input, and its exception is the state’s error.',
    source: statesGuide(
      'Invoke an AWS Lambda function with Step Functions',
      'connect-lambda',
      'If an exception is raised within the Lambda function, the Task will fail.',
    ),
    otherwise: 'No run works in Step Functions; `--embedded` does.',
    proof: { cannot: NEEDS_DEPLOYMENT },
  },
  {
    id: 'results-are-put',
    call: 's3:PutObject',
    assumed: 'The state machine’s own call puts the result into the bucket, whole.',
    source: model(
      's3',
      'Amazon S3 never adds partial objects; if you receive a success response, Amazon S3 added the entire object to the bucket.',
    ),
    otherwise: 'Results are in the execution’s output only.',
    proof: { cannot: NEEDS_DEPLOYMENT },
  },
  {
    id: 'payload-objects',
    call: 's3:GetObject',
    assumed: 'A payload in S3 is read by bucket and key.',
    source: model('s3', 'Retrieves an object from Amazon S3.'),
    otherwise: 'Payloads must be in the input.',
    proof: { cannot: 'it takes a bucket, and this script makes none' },
  },
  {
    id: 'queue-attributes',
    call: 'sqs:GetQueueAttributes',
    assumed:
      'The visibility timeout of a queue is told in seconds, its redrive policy as JSON, and no policy where it has none.',
    source: model('sqs', 'Gets attributes for the specified queue.'),
    otherwise: 'The recommended timeout is not checked against the queue; the result says so.',
    proof: { cannot: 'it takes a queue, and this script makes none' },
  },
];

/** The ARN of something in this account that is not there. */
function nothingOf(account: Account, kind: string, end = ''): string {
  const [arn, partition, , region, id] = account.found.arn.split(':');
  return `${arn ?? ''}:${partition ?? ''}:states:${region ?? ''}:${id ?? ''}:${kind}:powerdial-${account.run}${end}`;
}
