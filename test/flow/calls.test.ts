import { CreateAliasCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import { playTune } from '../../src/play/play-tune.ts';
import { embeddedTarget, TARGET_NAME } from './embedded-target.ts';

const SIZES = [128, 256, 512, 1024, 1769, 3008];
const INVOCATIONS = 50;

/** What docs/workflow.md promises; polls while an update is in progress are not counted. */
const MOST_CALLS = 4 * SIZES.length + 12 + 1;

const READ = 'GetFunctionConfiguration';
/** Waits for the update that was just made: every read until something else is asked for. */
const POLL = `${READ} (poll)`;

/** How often a run of one round asks what of AWS, polls by a name of their own. */
async function callsOf(aliases: readonly string[] = []): Promise<Readonly<Record<string, number>>> {
  const calls: string[] = [];
  let counting = false;
  const target = await embeddedTarget({
    endpoint: {
      updateDelayMs: 20,
      intercept({ operation, qualifier, attempt }) {
        if (!counting || attempt > 1) return undefined;
        const waits = ['UpdateFunctionConfiguration', POLL].includes(calls.at(-1) ?? '');
        calls.push(operation === READ && qualifier === null && waits ? POLL : operation);
        return undefined;
      },
    },
  });
  await target.client.send(new PublishVersionCommand({ FunctionName: TARGET_NAME }));
  for (const Name of aliases) {
    await target.client.send(
      new CreateAliasCommand({ FunctionName: TARGET_NAME, Name, FunctionVersion: '1' }),
    );
  }
  counting = true;
  const played = await playTune({
    input: { function: TARGET_NAME, memorySizes: SIZES, invocations: INVOCATIONS, seed: 7 },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  await target.close();
  const { sizes } = (played as { output: unknown }).output as Result;
  expect(sizes.map((size) => size.invocations)).toEqual(SIZES.map(() => INVOCATIONS + 1));
  return Object.fromEntries(
    [...new Set(calls)].map((name) => [name, calls.filter((each) => each === name).length]),
  );
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

test('a run of 6 sizes in one round keeps to its share of control-plane calls', async () => {
  const { Invoke, [POLL]: polls, FilterLogEvents, ...calls } = await callsOf();
  // One of each size is a cold start, which does not count; and the trial.
  expect(Invoke).toBe(SIZES.length * (INVOCATIONS + 1) + 1);
  expect(polls).toBeGreaterThan(0);
  // CloudWatch Logs, not Lambda's control plane: which environment served which invocation of a size, in the
  // round and in the one that completes its counts.
  expect(FilterLogEvents).toBe(2 * SIZES.length);
  expect(calls).toEqual({
    // A read, an update, a version and its end for each size; the first size needs no read, because the
    // lock is what Inspect read, and putting $LATEST back is one more of both.
    [READ]: 1 + (SIZES.length - 1) + 1,
    UpdateFunctionConfiguration: SIZES.length + 1,
    PublishVersion: SIZES.length,
    DeleteFunction: SIZES.length,
    // Inspect finds what dead runs left, CleanUp what this one did.
    ListVersionsByFunction: 2,
    // Inspect once, and CleanUp before it deletes.
    ListAliases: 2,
    ListEventSourceMappings: 1,
    GetPolicy: 1,
    ListFunctionUrlConfigs: 1,
    GetFunctionConcurrency: 1,
    ListProvisionedConcurrencyConfigs: 1,
    GetAccountSettings: 1,
    // Which tool deploys the function.
    ListTags: 1,
  });
  expect(sum(calls)).toBeLessThanOrEqual(MOST_CALLS);
});

test('each alias costs its policy and its event source mappings besides', async () => {
  const counts = await callsOf(['live', 'next']);
  const { Invoke: _, [POLL]: _polls, FilterLogEvents: _logs, ...calls } = counts;
  expect(calls).toMatchObject({ GetPolicy: 3, ListEventSourceMappings: 3 });
  expect(sum(calls)).toBeLessThanOrEqual(MOST_CALLS + 2 * 2);
});
