import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LastUpdateStatusReasonCode,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { faultPlan } from '../../../src/emulator/lambda/fault-plan.ts';
import {
  UPDATE_FAILURES,
  type UpdateFailure,
} from '../../../src/emulator/lambda/update-failure.ts';
import { errorOf, fixture } from './lambda-fixture.ts';

/**
 * "Failed – The function update has failed. Lambda aborts the update and the function's previous code and
 * configuration remain available", and only while an update is in progress do updates and PublishVersion
 * fail (Lambda guide, "Lambda function states").
 */
const FunctionName = 'orders';
const DELAY_MS = 1000;

const read = () => new GetFunctionConfigurationCommand({ FunctionName });
const set = (MemorySize: number) =>
  new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize });

/** The first update fails as asked, later ones succeed. */
async function failing(failure: UpdateFailure, operation = 'UpdateFunctionConfiguration') {
  const plan = faultPlan({ operation, call: 1, when: 'before', fault: failure });
  return fixture({ intercept: plan.intercept, updateDelayMs: DELAY_MS });
}

test('the endpoint knows every reason code that the API has', () => {
  expect(Object.keys(UPDATE_FAILURES).sort()).toEqual(
    Object.values(LastUpdateStatusReasonCode).sort(),
  );
});

test.each(Object.values(LastUpdateStatusReasonCode))(
  'an update that fails is accepted, in progress, and then Failed with %s',
  async (reasonCode) => {
    const { client, clock } = await failing({ reasonCode });
    expect(await client.send(set(1024))).toMatchObject({
      MemorySize: 1024,
      LastUpdateStatus: 'InProgress',
    });
    clock.nowMs += DELAY_MS;
    expect(await client.send(read())).toMatchObject({
      State: 'Active',
      MemorySize: 512,
      LastUpdateStatus: 'Failed',
      LastUpdateStatusReason: expect.stringMatching(/\w+/) as string,
      LastUpdateStatusReasonCode: reasonCode,
    });
  },
);

test.each(['previous', 'attempted'] as const)(
  'invocations go on with the previous configuration where the %s one is shown',
  async (shows) => {
    const { client, clock, host } = await failing({ reasonCode: 'ImageDeleted', shows });
    await client.send(set(1024));
    clock.nowMs += DELAY_MS;
    const shown = (await client.send(read())).MemorySize;
    expect(shown).toBe(shows === 'previous' ? 512 : 1024);
    await client.send(new InvokeCommand({ FunctionName }));
    expect(host.invocations.at(-1)?.settings.memoryMb).toBe(512);
  },
);

test('a version that is published after a failed update has the previous configuration', async () => {
  const { client, clock } = await failing({ reasonCode: 'InvalidSubnet', shows: 'attempted' });
  await client.send(set(1024));
  expect((await errorOf(client.send(new PublishVersionCommand({ FunctionName })))).name).toBe(
    'ResourceConflictException',
  );
  clock.nowMs += DELAY_MS;
  expect((await client.send(new PublishVersionCommand({ FunctionName }))).MemorySize).toBe(512);
});

test.each(['previous', 'attempted'] as const)(
  'the next update is accepted, and ends what failed, where the %s configuration is shown',
  async (shows) => {
    const { client, clock } = await failing({ reasonCode: 'EniLimitExceeded', shows });
    await client.send(set(1024));
    clock.nowMs += DELAY_MS;
    await client.send(set(2048));
    clock.nowMs += DELAY_MS;
    const after = await client.send(read());
    expect(after).toMatchObject({ MemorySize: 2048, LastUpdateStatus: 'Successful' });
    expect(after.LastUpdateStatusReasonCode).toBeUndefined();
  },
);

test('an update of the code may fail as well, and the previous code stays', async () => {
  const { client, clock } = await failing({ reasonCode: 'InvalidImage' }, 'UpdateFunctionCode');
  const before = await client.send(read());
  const ZipFile = Buffer.from('another archive');
  await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  clock.nowMs += DELAY_MS;
  const after = await client.send(read());
  expect(after.CodeSha256).toBe(before.CodeSha256);
  expect(after.LastUpdateStatusReasonCode).toBe('InvalidImage');
});
