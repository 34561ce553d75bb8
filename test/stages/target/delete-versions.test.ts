import { CreateAliasCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { deleteUnused } from '../../../src/stages/target/delete-versions.ts';
import { embeddedDeps } from '../../aws/embedded-deps.ts';

const FunctionName = 'orders';

/** Three versions, and the calls that would delete something: qualifiers, in order. */
async function threeVersions() {
  const deletions: (string | null)[] = [];
  const calls: string[] = [];
  const { deps, client } = await embeddedDeps({
    intercept({ operation, qualifier }) {
      calls.push(operation);
      if (operation === 'DeleteFunction') deletions.push(qualifier);
      return undefined;
    },
  });
  for (const Description of ['a', 'b', 'c']) {
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description }));
    await client.send(new PublishVersionCommand({ FunctionName }));
  }
  const versions = ['1', '2', '3'].map((version) => ({ version }));
  const world = { ...deps, now: Date.now, sleep: () => Promise.resolve() };
  return { deps: world, client, versions, deletions, calls };
}

test('a version that an alias points at is not even asked to be deleted', async () => {
  const { deps, client, versions, deletions } = await threeVersions();
  await client.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '2' }));
  expect(await deleteUnused(deps, FunctionName, versions)).toEqual({
    deleted: ['1', '3'],
    inUse: ['2'],
    pending: [],
  });
  expect(deletions).toEqual(['1', '3']);
});

test('a version that gets a part of an alias’s traffic is not even asked to be deleted', async () => {
  const { deps, client, versions, deletions } = await threeVersions();
  await client.send(
    new CreateAliasCommand({
      FunctionName,
      Name: 'live',
      FunctionVersion: '1',
      RoutingConfig: { AdditionalVersionWeights: { '3': 0.1 } },
    }),
  );
  expect(await deleteUnused(deps, FunctionName, versions)).toEqual({
    deleted: ['2'],
    inUse: ['1', '3'],
    pending: [],
  });
  expect(deletions).toEqual(['2']);
});

test('an alias that is made after the look is found by AWS’s refusal', async () => {
  const { deps, client, versions } = await threeVersions();
  const looked: typeof deps.listAliases = async (name) => {
    const aliases = await deps.listAliases(name);
    if (aliases.length === 0) {
      await client.send(
        new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '2' }),
      );
    }
    return aliases;
  };
  expect(await deleteUnused({ ...deps, listAliases: looked }, FunctionName, versions)).toEqual({
    deleted: ['1', '3'],
    inUse: ['2'],
    pending: [],
  });
});

test('the aliases are looked at before the first deletion, and not where there is nothing to delete', async () => {
  const { deps, versions, calls } = await threeVersions();
  calls.length = 0;
  await deleteUnused(deps, FunctionName, []);
  expect(calls).toEqual([]);
  await deleteUnused(deps, FunctionName, versions);
  expect(calls).toEqual(['ListAliases', 'DeleteFunction', 'DeleteFunction', 'DeleteFunction']);
});

test.each(['', '$LATEST', 'live', '0', '-1', '1 ', ' '])(
  'nothing but the number of a version is ever sent to be deleted, and %j is none',
  async (version) => {
    const { deps, deletions } = await threeVersions();
    // Without a qualifier AWS deletes the function with everything.
    await expect(deps.deleteVersion({ functionName: FunctionName, version })).rejects.toThrow();
    expect(deletions).toEqual([]);
  },
);
