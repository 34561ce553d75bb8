import {
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startLambdaEndpoint } from '../../../src/emulator/lambda/endpoint.ts';
import { echoHost } from './echo-host.ts';
import { errorOf, lambdaClient, ORDERS } from './lambda-fixture.ts';
import { runs } from '../../machine/long-tests.ts';

const FunctionName = 'orders';

type Step =
  | { readonly kind: 'update'; readonly memoryMb: number; readonly description: string }
  | { readonly kind: 'publish'; readonly description: string }
  | { readonly kind: 'delete'; readonly which: number }
  | { readonly kind: 'stale-update' | 'stale-publish' };

// Few values, so that taking a change back, and publishing it again, happen often.
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('update' as const),
    memoryMb: fc.constantFrom(512, 1024),
    description: fc.constantFrom('', 'changed'),
  }),
  fc.record({
    kind: fc.constant('publish' as const),
    description: fc.constantFrom('one', 'two'),
  }),
  fc.record({ kind: fc.constant('delete' as const), which: fc.nat(5) }),
  fc.record({ kind: fc.constantFrom('stale-update' as const, 'stale-publish' as const) }),
);

/** Everything that a caller can see of the function. */
async function everything(client: LambdaClient) {
  const latest = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const listed = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
  return {
    latest: { ...latest, $metadata: null },
    versions: (listed.Versions ?? []).slice(1),
  };
}

test('after any updates, publications and deletions the laws of versions hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const endpoint = await startLambdaEndpoint({ functions: [{ ...ORDERS, host: echoHost() }] });
      const client = lambdaClient(endpoint.url);
      try {
        const used = new Set<string>();
        let published: { version: string; memoryMb: number; description: string } | null = null;
        for (const each of steps) {
          const before = await everything(client);
          const memoryMb = before.latest.MemorySize ?? 0;
          const description = before.latest.Description ?? '';
          switch (each.kind) {
            case 'update': {
              await client.send(
                new UpdateFunctionConfigurationCommand({
                  FunctionName,
                  MemorySize: each.memoryMb,
                  Description: each.description,
                  RevisionId: before.latest.RevisionId,
                }),
              );
              const after = await everything(client);
              expect(after.latest).toMatchObject({
                MemorySize: each.memoryMb,
                Description: each.description,
              });
              expect(after.latest.RevisionId).not.toBe(before.latest.RevisionId);
              // What is published does not change any more.
              expect(after.versions).toEqual(before.versions);
              break;
            }
            case 'publish': {
              const answer = await client.send(
                new PublishVersionCommand({ FunctionName, Description: each.description }),
              );
              const version = answer.Version ?? '';
              const unchanged: boolean =
                published?.memoryMb === memoryMb &&
                published.description === description &&
                before.versions.some((listed) => listed.Version === published?.version);
              const after = await everything(client);
              if (unchanged) {
                expect(version).toBe(published?.version);
                expect(after).toEqual(before);
              } else {
                expect(used).not.toContain(version);
                expect(Number(version)).toBe(used.size + 1);
                expect(answer).toMatchObject({
                  MemorySize: memoryMb,
                  Description: each.description,
                });
                expect(after.versions).toHaveLength(before.versions.length + 1);
                published = { version, memoryMb, description };
              }
              used.add(version);
              break;
            }
            case 'delete': {
              const version = before.versions[each.which]?.Version ?? String(900 + each.which);
              await client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: version }));
              expect(await everything(client)).toEqual({
                latest: before.latest,
                versions: before.versions.filter((listed) => listed.Version !== version),
              });
              break;
            }
            case 'stale-update':
            case 'stale-publish': {
              const call =
                each.kind === 'stale-update'
                  ? client.send(
                      new UpdateFunctionConfigurationCommand({
                        FunctionName,
                        MemorySize: 2048,
                        RevisionId: 'stale',
                      }),
                    )
                  : client.send(new PublishVersionCommand({ FunctionName, RevisionId: 'stale' }));
              expect((await errorOf(call)).name).toBe('PreconditionFailedException');
              expect(await everything(client)).toEqual(before);
              break;
            }
          }
        }
      } finally {
        client.destroy();
        await endpoint.close();
      }
    }),
    { numRuns: runs(60) },
  );
});
