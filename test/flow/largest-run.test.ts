import { expect, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import { playTune } from '../../src/play/play-tune.ts';
import { embeddedTarget, snapshot, TARGET_NAME } from './embedded-target.ts';

const STATE_BYTES = 256 * 1024;

test('the largest run allowed, 46 sizes and 8,000 invocations, stays within what a state and a history may hold', async () => {
  const target = await embeddedTarget({
    recording: {
      name: TARGET_NAME,
      memory: {
        '128': {
          warmMs: Array.from({ length: 97 }, (_, i) => 1600 + i * 3.37),
          initMs: [151.2, 162.4],
          maxMemoryUsedMb: 70,
        },
        '10240': {
          warmMs: Array.from({ length: 97 }, (_, i) => 20 + i * 0.37),
          initMs: [150.1, 158.9],
          maxMemoryUsedMb: 71,
        },
      },
    },
  });
  const sizes: number[] = [];
  let events = 0;
  const played = await playTune({
    // 46 × 173 = 7,958 invocations
    input: {
      function: TARGET_NAME,
      memorySizes: 'all',
      invocations: 173,
      maxUsd: 100,
      payload: { text: 'x'.repeat(60_000) },
    },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: (event) => {
      events = Math.max(events, event.id ?? 0);
      if (event.kind === 'state-entered' || event.kind === 'task-scheduled')
        sizes.push(JSON.stringify(event.input).length);
      if (event.kind === 'state-exited')
        sizes.push(JSON.stringify(event.output).length, JSON.stringify(event.assigned).length);
    },
  });
  await target.close();
  expect(played.kind).toBe('done');
  const result = (played as { output: unknown }).output as Result;
  expect(result.sizes).toHaveLength(46);
  expect(result.spent.invocations).toBe(7959);
  expect(JSON.stringify(result).length).toBeLessThan(STATE_BYTES);
  expect(Math.max(...sizes)).toBeLessThan(STATE_BYTES);
  expect(events).toBeLessThan(25_000);
});

test('payloads that would outgrow a state on the way are refused before anything is changed', async () => {
  const target = await embeddedTarget();
  const before = await snapshot(target.deps);
  const played = await playTune({
    input: {
      function: TARGET_NAME,
      memorySizes: [128, 256, 512, 1024, 1769],
      invocations: 1600,
      maxUsd: 100,
      payloads: [1, 2, 3, 4].map((weight) => ({ payload: 'x'.repeat(62_000), weight })),
    },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  expect(played).toMatchObject({
    kind: 'failed',
    error: 'InvalidInput',
    cause: expect.stringContaining('wanted payloads in S3 (payloadS3)') as unknown,
  });
  expect(await snapshot(target.deps)).toEqual(before);
  await target.close();
});

test('a run of the peer’s input measures 128 sizes within what a state may hold', async () => {
  const target = await embeddedTarget();
  const { functionArn } = await target.deps.readConfiguration({ functionName: TARGET_NAME });
  const bytes: number[] = [];
  const played = await playTune({
    input: {
      lambdaARN: functionArn,
      num: 5,
      powerValues: Array.from({ length: 128 }, (_, at) => 128 + 16 * at),
      includeOutputResults: true,
      enableParallel: true,
      payload: { text: 'x'.repeat(90_000) },
    },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent(event) {
      if (event.kind === 'state-entered' || event.kind === 'task-scheduled')
        bytes.push(JSON.stringify(event.input).length);
    },
  });
  await target.close();
  expect(played.kind).toBe('done');
  const result = (played as { output: unknown }).output as Result;
  expect(result.sizes).toHaveLength(128);
  expect(JSON.stringify(result).length).toBeLessThan(STATE_BYTES);
  expect(Math.max(...bytes)).toBeLessThan(STATE_BYTES);
  expect(result.warnings).toContainEqual(
    expect.objectContaining({ code: 'unknown-input-key', key: 'enableParallel' }),
  );
});
