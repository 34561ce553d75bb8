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

test('the stack of a Python error ends where it failed, without what imported the module', () => {
  const stackTrace = [
    '  File "/var/lang/lib/python3.12/importlib/__init__.py", line 90, in import_module\n    return _bootstrap._gcd_import(name[level:], package, level)\n',
    '  File "<frozen importlib._bootstrap>", line 1387, in _gcd_import\n',
    '  File "/home/me/dist/src/emulator/environment/python-runtime.py", line 90, in serve\n    handler(event)\n',
    '  File "/var/task/app.py", line 1, in <module>\n    import orders\n',
    '  File "/var/task/orders.py", line 8, in <module>\n    TABLE = read()\n',
    '  File "/var/task/orders.py", line 5, in read\n    return os.environ["TABLE"]\n',
  ];
  const body = JSON.stringify({ errorMessage: "'TABLE'", errorType: 'KeyError', stackTrace });
  expect(errorStack(body)).toEqual([
    '  File "/var/task/orders.py", line 8, in <module>',
    '    TABLE = read()',
    '  File "/var/task/orders.py", line 5, in read',
    '    return os.environ["TABLE"]',
  ]);
});

test.each(['', 'no JSON', '{}', '{"trace":[]}', '{"trace":7}', 'null'])(
  'an answer without a stack has none: %j',
  (body) => {
    expect(errorStack(body)).toEqual([]);
  },
);
