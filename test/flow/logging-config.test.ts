import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  type LoggingConfig,
} from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { playTune } from '../../src/play/play-tune.ts';
import { embeddedTarget, TARGET_NAME } from './embedded-target.ts';

// AWS documents for no member of LoggingConfig whether it keeps its value where an update leaves it out.
test('a log level is raised and put back with everything else about logs beside it', async () => {
  const sent: LoggingConfig[] = [];
  const target = await embeddedTarget({
    definition: { logFormat: 'JSON', systemLogLevel: 'WARN' },
    endpoint: {
      intercept: ({ operation, body }) => {
        if (operation !== 'UpdateFunctionConfiguration') return undefined;
        const { LoggingConfig } = JSON.parse(body.toString()) as { LoggingConfig?: LoggingConfig };
        if (LoggingConfig !== undefined) sent.push(LoggingConfig);
        return undefined;
      },
    },
  });
  onTestFinished(() => target.close());
  const FunctionName = TARGET_NAME;
  const own = {
    LogFormat: 'JSON',
    ApplicationLogLevel: 'ERROR',
    LogGroup: '/orders/logs',
  } as const;
  await target.client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, LoggingConfig: own }),
  );
  sent.length = 0;
  const played = await playTune({
    input: { function: TARGET_NAME, memorySizes: [512, 1769], invocations: 2 },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  expect(played.kind).toBe('done');
  // Raised with each of the two sizes, lowered once at the end.
  const raised = { ...own, SystemLogLevel: 'INFO' };
  const was = { ...own, SystemLogLevel: 'WARN' };
  expect(sent).toEqual([raised, raised, was]);
  const { LoggingConfig } = await target.client.send(
    new GetFunctionConfigurationCommand({ FunctionName }),
  );
  expect(LoggingConfig).toEqual(was);
});

test('a trial does not look for a report that the log level keeps out of the log', async () => {
  const operations: string[] = [];
  const target = await embeddedTarget({
    definition: { logFormat: 'JSON', systemLogLevel: 'WARN' },
    endpoint: {
      intercept: ({ operation }) => {
        operations.push(operation);
        return undefined;
      },
    },
  });
  onTestFinished(() => target.close());
  operations.length = 0;
  const played = await playTune({
    input: { function: TARGET_NAME, memorySizes: [512, 1769], invocations: 2 },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  expect(played.kind).toBe('done');
  const trial = operations.indexOf('Invoke');
  const firstSize = operations.indexOf('UpdateFunctionConfiguration');
  expect(trial).toBeGreaterThan(0);
  expect(operations.slice(trial, firstSize)).toEqual(['Invoke']);
});
