import { afterEach, expect, test } from 'vitest';
import type { Result } from '../../src/contract/result.ts';
import { playTune } from '../../src/local/play-tune.ts';
import { embeddedTarget, snapshot, TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';

let target: EmbeddedTarget | null = null;

afterEach(async () => {
  await target?.close();
  target = null;
});

test('a whole run measures, recommends and leaves the target as it was', async () => {
  target = await embeddedTarget();
  const before = await snapshot(target.deps);
  const played = await playTune({
    input: { function: TARGET_NAME, memorySizes: [128, 512, 1769], invocations: 10, seed: 7 },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: (event) => { if (process.env['SHOW']) console.error(Date.now() % 100000, event.kind, "stateName" in event ? event.stateName : ""); },
  });
  expect(played).toMatchObject({ kind: 'done' });
  const result = (played as { output: unknown }).output as Result;
  console.log(JSON.stringify({ ...result, observations: undefined }, null, 1));
  expect(await snapshot(target.deps)).toEqual(before);
});
