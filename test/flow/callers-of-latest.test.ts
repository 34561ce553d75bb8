import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, test } from 'vitest';
import type { Json } from '../../src/contract/shared/json.ts';
import type { Result } from '../../src/contract/tune/result.ts';
import { playTune, type PlayedRun } from '../../src/play/play-tune.ts';
import { embeddedTarget, snapshot, TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';

let target: EmbeddedTarget | null = null;

afterEach(async () => {
  await target?.close();
  target = null;
});

/** Uses 620 MB at 1,024 MB and above; what is smaller dies. */
const USES_620 = {
  name: TARGET_NAME,
  memory: Object.fromEntries(
    [128, 512, 1024, 3008].map((memoryMb) => [
      String(memoryMb),
      {
        warmMs: [40, 41, 42],
        initMs: [150],
        maxMemoryUsedMb: Math.min(memoryMb, 620),
        ...(memoryMb < 620 ? { outcome: 'out-of-memory' } : {}),
      },
    ]),
  ),
};

/** A run, and every memory size that it asked the endpoint to set on $LATEST. */
async function tune(
  input: { readonly [key: string]: Json },
  options: Parameters<typeof embeddedTarget>[0] = {},
  called = true,
): Promise<{ readonly played: PlayedRun; readonly set: readonly number[] }> {
  const set: number[] = [];
  target = await embeddedTarget({
    recording: USES_620,
    definition: { memoryMb: 1024 },
    endpoint: {
      ...options.endpoint,
      intercept({ operation, body }) {
        if (operation !== 'UpdateFunctionConfiguration') return undefined;
        const { MemorySize } = JSON.parse(body.toString()) as { MemorySize?: number };
        if (MemorySize !== undefined) set.push(MemorySize);
        return undefined;
      },
    },
  });
  if (called) {
    await target.client.send(
      new AddPermissionCommand({
        FunctionName: TARGET_NAME,
        StatementId: 'topic',
        Action: 'lambda:InvokeFunction',
        Principal: 'sns.amazonaws.com',
      }),
    );
  }
  const before = await snapshot(target.deps);
  const played = await playTune({
    input: { function: TARGET_NAME, seed: 7, ...input },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  expect(await snapshot(target.deps)).toEqual(before);
  return { played, set };
}

function resultOf(played: PlayedRun): Result {
  if (played.kind !== 'done') throw new Error(JSON.stringify(played));
  return played.output as unknown as Result;
}

test('no size that dies is set on $LATEST where the trial shows what the function uses', async () => {
  const { played, set } = await tune({});
  expect(set).toContain(3008);
  expect(Math.min(...set)).toBeGreaterThanOrEqual(689);
  expect(resultOf(played).sizes.every(({ outcome }) => outcome === 'measured')).toBe(true);
});

describe('a listed size that does not hold what the trial used', () => {
  const input = { memorySizes: [512, 1024, 3008], invocations: 4 };

  test('is refused with the reason where something calls $LATEST, and never set', async () => {
    const { played, set } = await tune(input);
    expect(new Set(set)).toEqual(new Set([1024, 3008]));
    const [small] = resultOf(played).sizes;
    expect(small).toMatchObject({ memoryMb: 512, outcome: 'refused', invocations: 0 });
    expect(small?.reason).toMatch(/used 620 MB.*--allow-small/);
  });

  test('is tried with allowSmall, and dies without being recommended', async () => {
    const { played, set } = await tune({ ...input, allowSmall: true });
    expect(set).toContain(512);
    const result = resultOf(played);
    expect(result.sizes[0]).toMatchObject({ memoryMb: 512, outcome: 'out-of-memory' });
    expect(result.recommendation.memoryMb).toBeGreaterThan(512);
  });

  test('is tried where nothing calls $LATEST', async () => {
    const { played } = await tune(input, {}, false);
    expect(resultOf(played).sizes[0]).toMatchObject({ memoryMb: 512, outcome: 'out-of-memory' });
  });

  test('ends the run with nothing set where there is no other', async () => {
    const { played, set } = await tune({ memorySizes: [128, 512], invocations: 4 });
    expect(played).toMatchObject({ kind: 'failed', error: 'NothingMeasured' });
    expect((played as { cause: string }).cause).toContain('allowSmall');
    expect(set).toEqual([]);
  });
});

test('sizes of which the largest dies are no answer, and the run says to name larger ones', async () => {
  const { played } = await tune({ memorySizes: [128, 512], invocations: 4, allowSmall: true });
  expect(played).toMatchObject({ kind: 'failed', error: 'NothingMeasured' });
  expect((played as { cause: string }).cause).toContain('name larger sizes');
});

test('what the trial uses is looked up where its answer came without the report', async () => {
  const { played, set } = await tune(
    { memorySizes: [512, 1024], invocations: 2 },
    { endpoint: { tailWithoutReport: true } },
  );
  expect(new Set(set)).toEqual(new Set([1024]));
  expect(resultOf(played).sizes[0]).toMatchObject({ memoryMb: 512, outcome: 'refused' });
}, 30_000);
