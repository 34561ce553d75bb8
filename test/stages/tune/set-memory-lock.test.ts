import { afterEach, expect, test } from 'vitest';
import type { Deps } from '../../../src/contract/shared/deps.ts';
import type { StageInput, StageOutput } from '../../../src/contract/tune/stages.ts';
import { readJournal } from '../../../src/core/journal/journal.ts';
import type { Intercept } from '../../../src/emulator/index.ts';
import { tuneStages } from '../../../src/stages/tune/tune-stages.ts';
import { embeddedTarget, TARGET_NAME, type EmbeddedTarget } from '../../flow/embedded-target.ts';

const CONTEXT = { remainingMs: () => 60_000 };

let target: EmbeddedTarget | null = null;

afterEach(async () => {
  await target?.close();
  target = null;
});

/** An account with the cap of 3,008 MB, where two runs begin at the same time. */
async function twoRuns(intercept: Intercept = () => undefined) {
  target = await embeddedTarget({ endpoint: { maxMemoryMb: 3008, intercept } });
  const deps: Deps = {
    ...target.deps,
    readExecutionStatus: () => Promise.resolve(null),
    now: Date.now,
    sleep: () => Promise.resolve(),
    onProgress: () => undefined,
  };
  return { deps, ours: await runInspect('ours', deps), theirs: await runInspect('theirs', deps) };
}

async function runInspect(id: string, deps: Deps): Promise<StageOutput<'Inspect'>> {
  const run = { id, executionArn: `embedded:${id}`, startedAt: new Date().toISOString() };
  const input = { function: TARGET_NAME, memorySizes: [1024, 4096], invocations: 1 };
  const state = { run, input, maxRunSeconds: 3600 };
  return (await tuneStages.run('Inspect', state, deps, CONTEXT)) as StageOutput<'Inspect'>;
}

/** Publishes sizes as the workflow does, up to the first failure. */
async function publish(
  { run, input, target, publishing }: StageOutput<'Inspect'>,
  pending: readonly number[],
  deps: Deps,
): Promise<StageOutput<'SetMemory'>> {
  let now: StageInput<'SetMemory'>['publishing'] = { ...publishing, pending: [...pending] };
  while (now.pending.length > 0) {
    const state = { run, input, target, publishing: now };
    now = (await tuneStages.run('SetMemory', state, deps, CONTEXT)) as StageOutput<'SetMemory'>;
  }
  return now;
}

/** What a run does that is faster: it locks, publishes, and has put $LATEST back. It measures now. */
async function getAhead(run: StageOutput<'Inspect'>, deps: Deps): Promise<void> {
  const publishing = await publish(run, [1769], deps);
  await tuneStages.run('Restore', { ...run, publishing }, deps, CONTEXT);
  const latest = await deps.readConfiguration({ functionName: TARGET_NAME });
  expect(readJournal(latest.description)).toBeNull();
}

test.each([
  ['its first size is accepted', [1024]],
  ['its first size is refused', [4096, 1024]],
  ['its first two sizes are refused', [4096, 8192, 1024]],
])('a run gives way to a faster one that measures, where %s', async (_what, sizes) => {
  const { deps, ours, theirs } = await twoRuns();
  await getAhead(theirs, deps);
  const versions = await deps.listVersions(TARGET_NAME);
  await expect(publish(ours, sizes, deps)).rejects.toMatchObject({ name: 'TargetLocked' });
  expect(await deps.listVersions(TARGET_NAME)).toEqual(versions);
});

test('a run gives way to one that came in between where its first update did not go through', async () => {
  let conflicts = 0;
  const { deps, ours, theirs } = await twoRuns(({ operation, body }) => {
    const own = body.toString().includes('powerdial ours');
    if (operation !== 'UpdateFunctionConfiguration' || !own || conflicts > 0) return undefined;
    conflicts += 1;
    return {
      kind: 'answer',
      status: 409,
      code: 'ResourceConflictException',
      message: 'The operation cannot be performed at this time.',
    };
  });
  const pending = { ...ours, publishing: { ...ours.publishing, pending: [1024] } };
  const tried = (await tuneStages.run(
    'SetMemory',
    pending,
    deps,
    CONTEXT,
  )) as StageOutput<'SetMemory'>;
  expect(conflicts).toBe(1);
  await getAhead(theirs, deps);
  await expect(publish({ ...ours, publishing: tried }, tried.pending, deps)).rejects.toMatchObject({
    name: 'TargetLocked',
  });
});

test('a refused first size leaves no trace, and the next one is published', async () => {
  const { deps, ours } = await twoRuns();
  const published = await publish(ours, [4096, 1024], deps);
  expect(published.variants).toMatchObject([
    { memoryMb: 4096, outcome: 'refused', version: null },
    { memoryMb: 1024, outcome: 'ready', version: '1' },
  ]);
});
