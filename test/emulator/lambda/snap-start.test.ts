import {
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { recordedHost } from '../../../src/emulator/recorded/recorded-host.ts';
import { readRecording } from '../../../src/emulator/recorded/recording.ts';
import { errorOf, fixture } from './lambda-fixture.ts';

const FunctionName = 'orders';

function setMemory(client: LambdaClient, MemorySize: number) {
  return client.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize }));
}

function publish(client: LambdaClient) {
  return client.send(new PublishVersionCommand({ FunctionName }));
}

function read(client: LambdaClient, Qualifier?: string) {
  return client.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }));
}

// "Activating and managing Lambda SnapStart", Developer Guide, 2026-11: `OptimizationStatus` is On and
// `State` is Active once a snapshot is available; $LATEST has none.
test('a published version is Pending, then Active with its optimization On', async () => {
  const { client, clock } = await fixture({ snapshotDelayMs: 60_000 }, { snapStart: true });
  expect((await read(client)).SnapStart).toEqual({
    ApplyOn: 'PublishedVersions',
    OptimizationStatus: 'Off',
  });
  expect(await publish(client)).toMatchObject({
    State: 'Pending',
    StateReasonCode: 'Creating',
    SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'Off' },
  });
  clock.nowMs += 60_000;
  expect(await read(client, '1')).toMatchObject({
    State: 'Active',
    SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'On' },
  });
  const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
  expect(Versions?.map((each) => each.SnapStart?.OptimizationStatus)).toEqual(['Off', 'On']);
});

test('a Pending version cannot be invoked (409); $LATEST can', async () => {
  const { client, clock, host } = await fixture({ snapshotDelayMs: 1000 }, { snapStart: true });
  await publish(client);
  const error = await errorOf(client.send(new InvokeCommand({ FunctionName, Qualifier: '1' })));
  expect(error).toMatchObject({
    name: 'SnapStartNotReadyException',
    message:
      'Lambda is initializing your function. It will be ready to invoke once your function state becomes ACTIVE.',
  });
  expect(error.$metadata.httpStatusCode).toBe(409);
  expect(host.invocations).toHaveLength(0);
  await client.send(new InvokeCommand({ FunctionName }));
  clock.nowMs += 1000;
  await client.send(new InvokeCommand({ FunctionName, Qualifier: '1' }));
  expect(host.invocations.map(({ settings }) => settings.snapStart)).toEqual([false, true]);
});

// The text is AWS's (hashicorp/terraform-provider-aws#29907), the reason the API model's.
test('one snapshot is made at a time; another is a 429 and publishes nothing', async () => {
  const { client, clock } = await fixture({ snapshotDelayMs: 1000 }, { snapStart: true });
  await publish(client);
  await setMemory(client, 1024);
  const error = await errorOf(publish(client));
  expect(error).toMatchObject({
    name: 'TooManyRequestsException',
    Reason: 'ConcurrentSnapshotCreateLimitExceeded',
    message:
      'Lambda was unable to create new snapshot because you have reached your concurrent snapshot creation limit.',
  });
  expect(error.$metadata.httpStatusCode).toBe(429);
  clock.nowMs += 1000;
  expect((await publish(client)).Version).toBe('2');
});

test('the number of snapshots that are made at a time can be raised', async () => {
  const { client, clock } = await fixture(
    { snapshotDelayMs: 1000, concurrentSnapshots: 2 },
    { snapStart: true },
  );
  await publish(client);
  await setMemory(client, 1024);
  await publish(client);
  await setMemory(client, 2048);
  expect((await errorOf(publish(client))).name).toBe('TooManyRequestsException');
  clock.nowMs += 1000;
  expect((await publish(client)).Version).toBe('3');
});

// "Any invocations or other API actions that operate on the function will fail" while it is Pending
// ("Lambda function states", Developer Guide, 2026-11). The message is the service's for other calls.
test('a Pending version is not deleted (409), with SnapStart and without', async () => {
  for (const snapStart of [true, false]) {
    const { client, clock } = await fixture({ publishDelayMs: 1000 }, { snapStart });
    await publish(client);
    const remove = () => client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '1' }));
    const error = await errorOf(remove());
    expect(error).toMatchObject({
      name: 'ResourceConflictException',
      message:
        'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    });
    expect((await read(client, '1')).State).toBe('Pending');
    clock.nowMs += 1000;
    await remove();
    const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST']);
  }
});

test('SnapStart is switched on and off by UpdateFunctionConfiguration', async () => {
  const { client } = await fixture({ snapshotDelayMs: 1000 });
  const on = new UpdateFunctionConfigurationCommand({
    FunctionName,
    SnapStart: { ApplyOn: 'PublishedVersions' },
  });
  expect((await client.send(on)).SnapStart?.ApplyOn).toBe('PublishedVersions');
  // Any other change leaves it.
  expect((await setMemory(client, 1024)).SnapStart?.ApplyOn).toBe('PublishedVersions');
  expect((await publish(client)).State).toBe('Pending');
  const off = new UpdateFunctionConfigurationCommand({
    FunctionName,
    SnapStart: { ApplyOn: 'None' },
  });
  expect((await client.send(off)).SnapStart).toEqual({
    ApplyOn: 'None',
    OptimizationStatus: 'Off',
  });
});

test('a version whose init fails ends in the state Failed, with the reason', async () => {
  const reason = 'An error occurred during function initialization.';
  const { client, clock } = await fixture(
    { snapshotDelayMs: 1000 },
    { snapStart: true, publishFailure: { reason, reasonCode: 'FunctionError' } },
  );
  expect((await publish(client)).State).toBe('Pending');
  clock.nowMs += 1000;
  expect(await read(client, '1')).toMatchObject({
    State: 'Failed',
    StateReason: reason,
    StateReasonCode: 'FunctionError',
    SnapStart: { OptimizationStatus: 'Off' },
  });
  const call = client.send(new InvokeCommand({ FunctionName, Qualifier: '1' }));
  expect((await errorOf(call)).$metadata.httpStatusCode).toBe(409);
});

describe('the log of a restored environment', () => {
  async function logs(logFormat: 'Text' | 'JSON') {
    const read = readRecording({
      name: 'orders',
      memory: {
        '512': { warmMs: [10.5], coldMs: [159.87], initMs: [562.43], maxMemoryUsedMb: 88 },
      },
    });
    if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
    const host = recordedHost(read.recording, { seed: 1 });
    const { client } = await fixture({}, { snapStart: true, logFormat, host });
    await publish(client);
    const invoke = new InvokeCommand({ FunctionName, Qualifier: '1', LogType: 'Tail' });
    const tail = async () =>
      Buffer.from((await client.send(invoke)).LogResult ?? '', 'base64').toString();
    return [await tail(), await tail()] as const;
  }

  // Lines as observed on AWS (platform-logs.json: snapstart-restore-1); all of the restore is billed here:
  // ceil(159.87) + ceil(562.43) = 160 + 563.
  test('text', async () => {
    const [cold, warm] = await logs('Text');
    expect(cold).toMatch(/^RESTORE_START Runtime Version: \S+\tRuntime Version ARN: \S+\n/);
    expect(cold).toContain('\nRESTORE_REPORT Restore Duration: 562.43 ms\nSTART RequestId: ');
    expect(cold).toMatch(
      /\tDuration: 159\.87 ms\tBilled Duration: 723 ms\tMemory Size: 512 MB\tMax Memory Used: 88 MB\tRestore Duration: 562\.43 ms\tBilled Restore Duration: 563 ms\t\n$/,
    );
    expect(cold).not.toContain('Init');
    expect(warm).not.toMatch(/restore/i);
    expect(warm).toContain('Billed Duration: 11 ms');
  });

  test('JSON', async () => {
    const [cold] = await logs('JSON');
    const events = cold
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; record: Record<string, unknown> });
    expect(events.map(({ type }) => type)).toEqual([
      'platform.restoreStart',
      'platform.restoreReport',
      'platform.start',
      'platform.report',
    ]);
    expect(events[1]?.record).toEqual({ status: 'success', metrics: { durationMs: 562.43 } });
    expect(events[3]?.record['metrics']).toEqual({
      durationMs: 159.87,
      billedDurationMs: 723,
      memorySizeMB: 512,
      maxMemoryUsedMB: 88,
      restoreDurationMs: 562.43,
      billedRestoreDurationMs: 563,
    });
  });
});
