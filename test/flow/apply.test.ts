import {
  CreateAliasCommand,
  GetAliasCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json } from '../../src/contract/shared/json.ts';
import { playTune, type PlayedRun } from '../../src/play/play-tune.ts';
import type { Clock, WorkflowEvent } from '../../src/emulator/index.ts';
import { HurriedClock } from '../faults/hurried-clock.ts';
import { embeddedTarget, snapshot, TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';

let target: EmbeddedTarget;

beforeEach(async () => {
  target = await embeddedTarget({ endpoint: { updateDelayMs: 20 } });
  await target.client.send(new PublishVersionCommand({ FunctionName: TARGET_NAME }));
  await target.client.send(
    new CreateAliasCommand({ FunctionName: TARGET_NAME, Name: 'live', FunctionVersion: '1' }),
  );
});

afterEach(async () => {
  await target.close();
});

/** With these sizes the inverse law makes 1,769 MB the best value and a clear change from 512 MB. */
function play(
  input: { readonly [key: string]: Json },
  onEvent: (event: WorkflowEvent) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
  clock?: Clock,
): Promise<PlayedRun> {
  return playTune({
    input: { function: TARGET_NAME, memorySizes: [512, 1769], invocations: 30, seed: 7, ...input },
    world: { ...target.deps, onProgress: () => undefined },
    signal,
    onEvent,
    ...(clock === undefined ? {} : { clock }),
  });
}

test('the alias points at a version with the new memory, whose description says who made it', async () => {
  const played = await play({ apply: { alias: 'live' } });
  expect(played).toMatchObject({
    kind: 'done',
    output: { applied: { memoryMb: 1769, timeoutSeconds: 30, alias: 'live' } },
  });
  const { version } = (played as unknown as { output: { applied: { version: string } } }).output
    .applied;
  const alias = await target.client.send(
    new GetAliasCommand({ FunctionName: TARGET_NAME, Name: 'live' }),
  );
  expect(alias.FunctionVersion).toBe(version);
  const latest = await target.deps.readConfiguration({ functionName: TARGET_NAME });
  const published = await target.deps.readConfiguration({
    functionName: TARGET_NAME,
    qualifier: version,
  });
  expect(latest).toMatchObject({ memoryMb: 1769, description: 'takes orders' });
  expect(published.memoryMb).toBe(1769);
  expect(published.description).toMatch(
    /^takes orders \[powerdial embedded-\w+ #3 applied 1769MB\/30s above 1\]$/,
  );
  // The user's own version, and the new one; nothing of the run's.
  const versions = await target.deps.listVersions(TARGET_NAME);
  expect(versions.map((each) => each.version).sort()).toEqual(['1', version].sort());
});

test('a weighted alias is refused before anything is paid for', async () => {
  await target.client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: TARGET_NAME, Timeout: 31 }),
  );
  await new Promise((done) => setTimeout(done, 60));
  await target.client.send(new PublishVersionCommand({ FunctionName: TARGET_NAME }));
  await target.client.send(
    new UpdateAliasCommand({
      FunctionName: TARGET_NAME,
      Name: 'live',
      RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } },
    }),
  );
  const before = await snapshot(target.deps);
  const played = await play({ apply: { alias: 'live' } });
  expect(played).toMatchObject({ kind: 'failed', error: 'InvalidInput' });
  expect((played as { cause: string }).cause).toMatch(/shares its traffic with version 2/);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('nothing is applied to a function that somebody changed during the run', async () => {
  const played = await play({ apply: true }, (event) => {
    if (event.kind === 'task-started' && event.stateName === 'Recommend') {
      void target.client.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: TARGET_NAME, Timeout: 29 }),
      );
    }
  });
  expect(played).toMatchObject({ kind: 'failed', error: 'TargetChanged' });
  // Theirs stays, ours is not there.
  expect(await target.deps.readConfiguration({ functionName: TARGET_NAME })).toMatchObject({
    memoryMb: 512,
    timeoutSeconds: 29,
  });
});

test('the timeout is applied beside the memory when asked for', async () => {
  const played = await play({ apply: { timeout: true } });
  const { output } = played as unknown as {
    output: { recommendation: { timeoutSeconds: number | null } };
  };
  const latest = await target.deps.readConfiguration({ functionName: TARGET_NAME });
  expect(latest.memoryMb).toBe(1769);
  expect(latest.timeoutSeconds).toBe(output.recommendation.timeoutSeconds ?? 30);
});

test('an alias that somebody moved during the run stays theirs, and nothing is applied', async () => {
  const moved = new UpdateAliasCommand({
    FunctionName: TARGET_NAME,
    Name: 'live',
    FunctionVersion: '$LATEST',
  });
  const before = await target.deps.readConfiguration({ functionName: TARGET_NAME });
  let done: Promise<unknown> = Promise.resolve();
  const played = await play({ apply: { alias: 'live' } }, (event) => {
    if (event.kind === 'state-entered' && event.stateName === 'Recommend') {
      done = target.client.send(moved);
    }
  });
  await done;
  expect(played).toMatchObject({ kind: 'failed', error: 'TargetChanged' });
  const { revisionId: _, ...latest } = await target.deps.readConfiguration({
    functionName: TARGET_NAME,
  });
  expect(before).toMatchObject(latest);
  expect(await target.deps.listAliases(TARGET_NAME)).toMatchObject([{ version: '$LATEST' }]);
  expect((await target.deps.listVersions(TARGET_NAME)).map((each) => each.version)).toEqual(['1']);
});

const PEER = { peer: { trim: 0.2, stats: false } };

test('an alias that does not exist is refused, and made where the peer’s input names it', async () => {
  const refused = await play({ apply: { alias: 'tuned' } });
  expect(refused).toMatchObject({ kind: 'failed', error: 'InvalidInput' });
  const made = await play({ ...PEER, apply: { alias: 'tuned' } });
  expect(made).toMatchObject({ kind: 'done', output: { applied: { alias: 'tuned' } } });
  const tuned = { functionName: TARGET_NAME, qualifier: 'tuned' };
  expect((await target.deps.readConfiguration(tuned)).memoryMb).toBe(1769);
  expect(await target.deps.readConfiguration({ functionName: TARGET_NAME })).toMatchObject({
    memoryMb: 1769,
    description: 'takes orders',
  });
});

test('a run of the peer’s input that keeps the size publishes it and points the alias at it', async () => {
  // 128 MB takes four times as long and costs as much: 512 MB, the present size, is kept.
  const kept = { memorySizes: [128, 512], goal: { kind: 'fastest' } };
  const played = await play({ ...kept, ...PEER, apply: { alias: 'live' } });
  expect(played).toMatchObject({
    kind: 'done',
    output: { verdict: 'keep', applied: { memoryMb: 512, timeoutSeconds: 30, alias: 'live' } },
  });
  const live = await target.deps.readConfiguration({
    functionName: TARGET_NAME,
    qualifier: 'live',
  });
  expect(live.memoryMb).toBe(512);
  expect(live.description).toMatch(/^takes orders \[powerdial .* applied 512MB\/30s above 1\]$/);
  expect(await target.deps.readConfiguration({ functionName: TARGET_NAME })).toMatchObject({
    memoryMb: 512,
    description: 'takes orders',
  });
  const { output } = played as unknown as { output: { warnings: { code: string }[] } };
  expect(output.warnings.map(({ code }) => code)).not.toContain('alias-not-moved');
});

test('a run of our own input that keeps the size leaves the alias where it is, and says so', async () => {
  const kept = { memorySizes: [128, 512], goal: { kind: 'fastest' } };
  expect(await play({ ...kept, apply: { alias: 'live' } })).toMatchObject({
    kind: 'done',
    output: {
      verdict: 'keep',
      applied: null,
      warnings: expect.arrayContaining([
        expect.objectContaining({ code: 'alias-not-moved', alias: 'live', version: '1' }),
      ]) as unknown,
    },
  });
});

test('an alias that somebody made during the run is theirs, and nothing is applied', async () => {
  const before = await target.deps.readConfiguration({ functionName: TARGET_NAME });
  let done: Promise<unknown> = Promise.resolve();
  const make = new CreateAliasCommand({
    FunctionName: TARGET_NAME,
    Name: 'tuned',
    FunctionVersion: '1',
  });
  const played = await play({ ...PEER, apply: { alias: 'tuned' } }, (event) => {
    if (event.kind === 'state-entered' && event.stateName === 'Recommend') {
      done = target.client.send(make);
    }
  });
  await done;
  expect(played).toMatchObject({ kind: 'failed', error: 'TargetChanged' });
  expect((played as { cause: string }).cause).toMatch(/when there was none.*at version 1/);
  const { revisionId: _, ...latest } = await target.deps.readConfiguration({
    functionName: TARGET_NAME,
  });
  expect(before).toMatchObject(latest);
  expect((await target.deps.listVersions(TARGET_NAME)).map((each) => each.version)).toEqual(['1']);
});

test('an alias does not point at a version with SnapStart before that is active', async () => {
  await target.close();
  const clock = new HurriedClock();
  const snapshotDelayMs = 70_000;
  let pointedAtMs = 0;
  let publishedAtMs = 0;
  target = await embeddedTarget({
    definition: { snapStart: true, runtime: 'java25' },
    endpoint: {
      now: () => clock.now(),
      snapshotDelayMs,
      intercept({ operation }) {
        if (operation === 'PublishVersion') publishedAtMs = clock.now();
        if (operation === 'UpdateAlias') pointedAtMs = clock.now();
        return undefined;
      },
    },
  });
  await target.client.send(new PublishVersionCommand({ FunctionName: TARGET_NAME }));
  await target.client.send(
    new CreateAliasCommand({ FunctionName: TARGET_NAME, Name: 'live', FunctionVersion: '1' }),
  );
  // The user's own version is long active.
  const { signal } = new AbortController();
  for (let turn = 0; turn < 2; turn++) await clock.sleep(snapshotDelayMs / 2, signal);
  const played = await play({ apply: { alias: 'live' } }, undefined, signal, clock);
  expect(played).toMatchObject({ kind: 'done', output: { applied: { alias: 'live' } } });
  expect(pointedAtMs - publishedAtMs).toBeGreaterThanOrEqual(snapshotDelayMs);
});

test('a run that is stopped between $LATEST and the alias leaves both as they were', async () => {
  const before = await snapshot(target.deps);
  const controller = new AbortController();
  const played = await play(
    { apply: { alias: 'live' } },
    (event) => {
      if (event.kind === 'task-started' && event.stateName === 'Apply') {
        setTimeout(() => {
          controller.abort();
        }, 15);
      }
    },
    controller.signal,
  );
  expect(played.kind).toBe('interrupted');
  expect(await snapshot(target.deps)).toEqual(before);
});
