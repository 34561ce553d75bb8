import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { writeJournal } from '../../../src/core/journal/journal.ts';
import {
  faultPlan,
  type FaultPoint,
  type FunctionDefinition,
  type Intercept,
  readRecording,
  recordedHost,
} from '../../../src/emulator/index.ts';
import { putBack } from '../../../src/stages/target/put-back.ts';
import { embeddedDeps } from '../../aws/embedded-deps.ts';

const FunctionName = 'orders';
const UPDATE = 'UpdateFunctionConfiguration';
const WAS = { memoryMb: 512, timeoutSeconds: 30, systemLogLevel: null };
const JOURNAL = writeJournal({
  purpose: 'set',
  run: 'run-7',
  serial: 2,
  set: { memoryMb: 1024, timeoutSeconds: 60, systemLogLevel: null },
  was: WAS,
  until: '2026-11-28T12:00Z',
  description: 'takes orders',
});

/** A function that run-7 has left half-way, and what befalls what comes then. */
async function leftBehind(point: FaultPoint | null, definition: Partial<FunctionDefinition> = {}) {
  let active: Intercept | null = null;
  const { deps, client } = await embeddedDeps(
    { intercept: (request) => active?.(request) },
    { host: host(), description: JOURNAL, memoryMb: 1024, timeoutSeconds: 60, ...definition },
  );
  const plan = point === null ? faultPlan() : faultPlan(point);
  const waits: number[] = [];
  let aheadMs = 0;
  return {
    client,
    plan,
    waits,
    strike: () => (active = plan.intercept),
    read: () => client.send(new GetFunctionConfigurationCommand({ FunctionName })),
    world: {
      ...deps,
      now: () => Date.now() + aheadMs,
      sleep(ms: number) {
        waits.push(ms);
        aheadMs += ms;
        return Promise.resolve();
      },
    },
  };
}

function host() {
  const size = { warmMs: [10], initMs: [100], maxMemoryUsedMb: 64 };
  const read = readRecording({ name: FunctionName, memory: { '512': size, '1024': size } });
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  return recordedHost(read.recording, { seed: 1 });
}

const AS_IT_WAS = { MemorySize: 512, Timeout: 30, Description: 'takes orders' };

test('a function that has become Inactive is put back without being woken', async () => {
  const reason = 'The function has been idle for a long time.';
  const { world, read, strike, plan } = await leftBehind(null, {
    state: { state: 'Inactive', reason, reasonCode: 'Idle' },
  });
  strike();
  expect((await putBack(world, FunctionName, 'run-7')).changed).toBe(true);
  expect(await read()).toMatchObject({ ...AS_IT_WAS, State: 'Inactive' });
  expect(plan.calls()).not.toContain('Invoke');
});

test('a function in state Failed is put back', async () => {
  const { world, read } = await leftBehind(null, {
    state: { state: 'Failed', reason: 'The image is not valid.', reasonCode: 'InvalidImage' },
  });
  await putBack(world, FunctionName, 'run-7');
  expect(await read()).toMatchObject({ ...AS_IT_WAS, State: 'Failed' });
});

test.each(['previous', 'attempted'] as const)(
  'a put-back that fails is sent again, and is through once the settings are in effect, where the %s configuration is shown',
  async (shows) => {
    const fault = { reasonCode: 'SubnetOutOfIPAddresses', shows } as const;
    const point = { operation: UPDATE, call: 1, when: 'before', fault } as const;
    const { world, read, strike, plan } = await leftBehind(point);
    strike();
    const back = await putBack(world, FunctionName, 'run-7');
    expect(back).toMatchObject({ changed: true, theirs: [] });
    expect(await read()).toMatchObject({ ...AS_IT_WAS, LastUpdateStatus: 'Successful' });
    // The one that failed, one that puts the settings into effect, one that takes the journal away.
    expect(plan.calls().filter((name) => name === UPDATE)).toHaveLength(3);
  },
);

test('the journal stays until the settings that were put back are in effect', async () => {
  const seen: string[] = [];
  const { world, client } = await leftBehind(null);
  // A user's own update has failed since.
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 60 }));
  const failed: typeof world.readConfiguration = async (ref) => {
    const found = await world.readConfiguration(ref);
    seen.push(found.description);
    return seen.length === 1
      ? { ...found, lastUpdateStatus: 'Failed', lastUpdateStatusReasonCode: 'InternalError' }
      : found;
  };
  await putBack({ ...world, readConfiguration: failed }, FunctionName, 'run-7');
  expect(seen).toEqual([JOURNAL, JOURNAL, 'takes orders']);
});

test.each(['previous', 'attempted'] as const)(
  'a put-back that fails for good ends with the reason and the command, and leaves the journal, where the %s configuration is shown',
  async (shows) => {
    const fault = { reasonCode: 'DisabledKMSKey', shows } as const;
    const point = {
      operation: UPDATE,
      call: 1,
      when: 'before',
      fault,
      lasting: 'operation',
    } as const;
    const { world, read, strike, waits } = await leftBehind(point);
    strike();
    await expect(putBack(world, FunctionName, 'run-7')).rejects.toMatchObject({
      name: 'NotPutBack',
      message: expect.stringMatching(
        /^Put orders back after run run-7: .*DisabledKMSKey.*Run `powerdial restore orders`/,
      ) as string,
    });
    // Whoever comes next finds the way back on the function.
    expect((await read()).Description).toBe(JOURNAL);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  },
);

test('a user’s own update that failed is left to them', async () => {
  const { world, read, strike, client, plan } = await leftBehind({
    operation: UPDATE,
    call: 1,
    when: 'before',
    fault: { reasonCode: 'InvalidSecurityGroup', shows: 'attempted' },
  });
  strike();
  await client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, Description: 'mine', Timeout: 45 }),
  );
  expect((await putBack(world, FunctionName, 'run-7')).changed).toBe(false);
  expect(await read()).toMatchObject({ Description: 'mine', Timeout: 45 });
  expect(plan.calls().filter((name) => name === UPDATE)).toHaveLength(1);
});
