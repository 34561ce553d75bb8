import {
  CreateAliasCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { AS_IT_WAS, run, servedFunction, stateOf } from './verified-function.ts';

const PATIENCE = { timeout: 120_000 };

test(
  'an update in progress and a pending version are waited for and judged',
  PATIENCE,
  async () => {
    const { endpoint: served, client } = await servedFunction(undefined, 700);
    const only = 'update-in-progress-refused,update-settles,version-becomes-active';
    const { code, text } = await run(served.url, ['--only', only]);
    expect(text).toMatch(/held +update-in-progress-refused: 409 ResourceConflictException/);
    expect(text).toMatch(/held +update-settles: InProgress, then Successful at 576 MB/);
    expect(text).toMatch(/held +version-becomes-active: Pending, then Active/);
    expect(text).toContain('3 held, 0 did not hold, 0 were not tried.');
    expect(code).toBe(0);
    expect(await stateOf(client)).toEqual(AS_IT_WAS);
  },
);

test.each([
  ['UpdateFunctionConfiguration', 2],
  ['PublishVersion', 1],
  ['PublishVersion', 3],
  ['CreateAlias', 1],
  ['PutFunctionConcurrency', 1],
  ['PutFunctionEventInvokeConfig', 1],
] as const)(
  'a run that is interrupted when %s has been carried out %i times leaves the function as it was, and exits 130',
  PATIENCE,
  async (operation, times) => {
    const stop = new AbortController();
    const { endpoint: served, client } = await servedFunction((request) =>
      request.operation === operation && request.callOfOperation === times && request.attempt === 1
        ? { kind: 'act', when: 'after', act: () => stop.abort() }
        : undefined,
    );
    const { code, text } = await run(served.url, [], stop.signal);
    expect(await stateOf(client)).toEqual(AS_IT_WAS);
    expect(text).toContain('It ended early: it was interrupted');
    expect(text).toContain('Nothing is left');
    expect(code).toBe(130);
  },
);

test(
  'an outage in the middle ends the run with 3, and the function is put back',
  PATIENCE,
  async () => {
    const { endpoint: served, client } = await servedFunction(({ operation }) =>
      operation === 'CreateAlias'
        ? { kind: 'answer', status: 500, code: 'ServiceException', message: 'out of order' }
        : undefined,
    );
    const { code, text } = await run(served.url, ['--only', 'dry-run,alias-is-listed']);
    expect(text).toContain('It ended early: out of order');
    expect(await stateOf(client)).toEqual(AS_IT_WAS);
    expect(code).toBe(3);
  },
);

test.each(['CreateAlias', 'PublishVersion', 'DeleteFunction'])(
  'an answer of %s that is lost once is no assumption that did not hold, and leaves nothing',
  PATIENCE,
  async (lost) => {
    const { endpoint: served, client } = await servedFunction(({ operation, attempt }) =>
      operation === lost && attempt === 1
        ? { kind: 'answer', status: 500, code: 'ServiceException', message: 'lost', when: 'after' }
        : undefined,
    );
    const only = 'alias-is-listed,delete-version-only,numbers-are-not-used-again';
    const { code, text } = await run(served.url, ['--only', only]);
    expect(text).toContain('3 held, 0 did not hold, 0 were not tried.');
    expect(code).toBe(0);
    expect(await stateOf(client)).toEqual(AS_IT_WAS);
  },
);

test(
  'what somebody else writes during a run stays, and only what the run set goes back',
  PATIENCE,
  async () => {
    const theirs: { write: (() => Promise<unknown>) | null } = { write: null };
    const { endpoint: served, client } = await servedFunction(
      ({ operation, callOfOperation, attempt }) =>
        operation === 'Invoke' && callOfOperation === 1 && attempt === 1
          ? { kind: 'act', when: 'after', act: () => theirs.write?.().then(() => undefined) }
          : undefined,
    );
    theirs.write = () =>
      client.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: 'orders',
          Description: 'written by somebody',
        }),
      );
    const { code } = await run(served.url, ['--only', 'update-settles,dry-run']);
    expect(await stateOf(client)).toEqual({ ...AS_IT_WAS, Description: 'written by somebody' });
    expect(code).toBe(0);
  },
);

test(
  'an assumption that does not hold is told with what it means, and exits 1',
  PATIENCE,
  async () => {
    const { endpoint: served, client } = await servedFunction(({ operation }) =>
      operation === 'ListProvisionedConcurrencyConfigs'
        ? { kind: 'answer', status: 400, code: 'InvalidParameterValueException', message: 'odd' }
        : undefined,
    );
    const args = ['--only', 'provisioned-concurrency,account-settings'];
    const { code, text } = await run(served.url, args);
    expect(text).toContain(
      'NOT HELD   provisioned-concurrency: InvalidParameterValueException: odd',
    );
    expect(text).toContain(
      'What it means: Inspect would end with an error for ordinary functions.',
    );
    expect(text).toContain('1 held, 1 did not hold, 0 were not tried.');
    expect(code).toBe(1);
    expect(await stateOf(client)).toEqual(AS_IT_WAS);
  },
);

test(
  'verify:aws does not try what the caller may not do, and takes it for no failure',
  PATIENCE,
  async () => {
    const { endpoint: served, client } = await servedFunction(({ operation, action }) =>
      /FunctionConcurrency$|Alias$/.test(operation) && !operation.startsWith('Get')
        ? {
            kind: 'answer',
            status: 403,
            code: 'AccessDeniedException',
            message: `not authorized to perform: ${action}`,
          }
        : undefined,
    );
    const args = ['--only', 'throttled-is-429,alias-is-listed,dry-run'];
    const { code, text } = await run(served.url, args);
    expect(text).toMatch(/not tried {2}throttled-is-429: not permitted: .*PutFunctionConcurrency/);
    expect(text).toMatch(/not tried {2}alias-is-listed: not permitted: .*CreateAlias/);
    expect(text).toContain('1 held, 0 did not hold, 2 were not tried.');
    expect(code).toBe(0);
    expect(await stateOf(client)).toEqual(AS_IT_WAS);
  },
);

test(
  'verify:aws names what it cannot take away with the command, and exits 3',
  PATIENCE,
  async () => {
    const { endpoint: served } = await servedFunction(({ operation }) =>
      operation === 'DeleteFunction'
        ? { kind: 'answer', status: 403, code: 'AccessDeniedException', message: 'not authorized' }
        : undefined,
    );
    const args = ['--only', 'version-becomes-active'];
    const { code, text } = await run(served.url, args);
    expect(text).toContain('version 1 (not authorized); powerdial restore orders');
    expect(code).toBe(3);
  },
);

test(
  'a function with an alias is refused before anything is changed, unless the user says so',
  PATIENCE,
  async () => {
    const changes: string[] = [];
    const { endpoint: served, client } = await servedFunction(({ operation }) => {
      if (!/^(Get|List)/.test(operation)) changes.push(operation);
      return undefined;
    });
    await client.send(new PublishVersionCommand({ FunctionName: 'orders' }));
    await client.send(
      new CreateAliasCommand({ FunctionName: 'orders', Name: 'live', FunctionVersion: '1' }),
    );
    changes.length = 0;
    await expect(run(served.url, [])).rejects.toThrow(/somebody may call it: the alias live/);
    expect(changes).toEqual([]);

    const args = ['--even-with-callers', '--only', 'delete-version-only'];
    const { code, text } = await run(served.url, args);
    expect(text).toContain('1 held');
    expect(code).toBe(0);
    expect(await stateOf(client)).toEqual({
      ...AS_IT_WAS,
      versions: ['$LATEST', '1'],
      aliases: ['live'],
    });
  },
);
