import { expect, test } from 'vitest';
import { errorStack } from '../../../src/core/measure/error-stack.ts';

// Bodies as the runtimes of Node 20 and Python 3.12 answer them (Developer Guide, "Function errors", 2026-11).
test('the stack of a Node error begins behind its message, without the frames of the runtime', () => {
  const trace = [
    'TypeError: no id',
    '    at read (file:///var/task/read.mjs:3:9)',
    '    at Runtime.handler (file:///var/task/app.mjs:8:3)',
    '    at Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1173:29)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
  ];
  const body = JSON.stringify({ errorType: 'TypeError', errorMessage: 'no id', trace });
  expect(errorStack(body)).toEqual([trace[1], trace[2]]);
});

test('the stack of a Python error is given line by line', () => {
  const stackTrace = ['  File "/var/task/app.py", line 4, in handler\n    return event["id"]\n'];
  const body = JSON.stringify({ errorMessage: "'id'", errorType: 'KeyError', stackTrace });
  expect(errorStack(body)).toEqual([
    '  File "/var/task/app.py", line 4, in handler',
    '    return event["id"]',
  ]);
});

test.each(['', 'no JSON', '{}', '{"trace":[]}', '{"trace":7}', 'null'])(
  'an answer without a stack has none: %j',
  (body) => {
    expect(errorStack(body)).toEqual([]);
  },
);
