import { expect, test } from 'vitest';
import { readEndedExecutions } from '../../src/cloud/read-ended-executions.ts';

const ARN = 'arn:aws:states:us-east-1:123456789012:execution:state-machine-name:execution-name';

/** EventBridge's example of an aborted execution (Step Functions guide, "Automating event delivery", 2026-11). */
const ABORTED = {
  version: '0',
  id: '315c1398-40ff-a850-213b-158f73e60175',
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  account: '123456789012',
  time: '2019-02-26T19:42:21Z',
  region: 'us-east-1',
  resources: [ARN],
  detail: {
    executionArn: ARN,
    stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:state-machine',
    name: 'execution-name',
    status: 'ABORTED',
    startDate: 1551225271984,
    stopDate: 1551225151881,
    input: '{}',
    inputDetails: { included: true },
    output: null,
    outputDetails: null,
  },
};

test('an ended execution is read from an event of EventBridge', () => {
  expect(readEndedExecutions(ABORTED)).toEqual([
    { executionArn: ARN, redriveCount: 0, comesAgain: false },
  ]);
});

test('an ended execution is read from an event that leaves out its input, also after a redrive', () => {
  const { input: _, ...detail } = ABORTED.detail;
  const event = {
    ...ABORTED,
    detail: { ...detail, inputDetails: { included: false }, redriveCount: 2 },
  };
  expect(readEndedExecutions(event)).toEqual([
    { executionArn: ARN, redriveCount: 2, comesAgain: false },
  ]);
});

test('ended executions are read from the queue as from the rule', () => {
  const message = { messageId: '1', eventSource: 'aws:sqs', body: JSON.stringify(ABORTED) };
  expect(readEndedExecutions({ Records: [message] })).toEqual([
    { executionArn: ARN, redriveCount: 0, comesAgain: true },
  ]);
});

test('an ended execution is read from a message of the dead-letter queue that is sent again', () => {
  // Lambda guide, "Capturing records of asynchronous invocations": the record of a failed one.
  const record = {
    version: '1.0',
    timestamp: '2026-11-21T12:00:00.000Z',
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: ABORTED,
    responseContext: { statusCode: 200, functionError: 'Unhandled' },
    responsePayload: { errorType: 'PermissionMissing' },
  };
  const message = { messageId: '1', eventSource: 'aws:sqs', body: JSON.stringify(record) };
  expect(readEndedExecutions({ Records: [message] })).toEqual([
    { executionArn: ARN, redriveCount: 0, comesAgain: true },
  ]);
});

test('a message that is none of EventBridge’s fails, and is kept in the end', () => {
  const message = { messageId: '1', eventSource: 'aws:sqs', body: '{"hello":"there"}' };
  expect(() => readEndedExecutions({ Records: [message] })).toThrow();
});

test.each([
  [{ run: { id: 'run-1' }, function: 'orders', target: null }],
  [{}],
  [null],
  ['text'],
  [{ Records: [{ eventSource: 'aws:s3', s3: {} }] }],
])('what the workflow itself sends is not taken for an ended execution: %j', (event) => {
  expect(readEndedExecutions(event)).toBeNull();
});
