import { afterEach, expect, test } from 'vitest';
import type { Json } from '../../src/contract/shared/json.ts';
import type { Result } from '../../src/contract/tune/result.ts';
import { readJournal } from '../../src/core/journal/journal.ts';
import { playTune, type PlayedRun } from '../../src/play/play-tune.ts';
import type { Clock, WorkflowEvent } from '../../src/emulator/index.ts';
import { HurriedClock } from '../faults/hurried-clock.ts';
import { embeddedTarget, snapshot, TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';

const SIZES = [128, 512, 1769];

let target: EmbeddedTarget | null = null;

afterEach(async () => {
  await target?.close();
  target = null;
});

interface Tuned {
  readonly played: PlayedRun;
  readonly before: unknown;
  readonly after: unknown;
  /** Calls that change something, in order; with the version's number where one is meant. */
  readonly changes: readonly string[];
  readonly states: readonly string[];
  /** For each Wait of the workflow: its name, and whether a journal stood on $LATEST meanwhile. */
  readonly waits: readonly (readonly [name: string, journal: boolean])[];
}

/** Plays a run that waits for nothing really: the endpoint's time is the clock's. */
async function tune(
  options: Parameters<typeof embeddedTarget>[0],
  input: { readonly [key: string]: Json } = {},
): Promise<Tuned> {
  const clock = new HurriedClock();
  const changes: string[] = [];
  const states: string[] = [];
  const looks: Promise<readonly [string, boolean]>[] = [];
  const opened = await embeddedTarget({
    ...options,
    endpoint: {
      updateDelayMs: 800,
      now: () => clock.now(),
      ...options?.endpoint,
      intercept(request) {
        const { operation, qualifier } = request;
        if (/^(Update|Publish|Delete)/.test(operation) && request.attempt === 1) {
          changes.push(qualifier === null ? operation : `${operation} ${qualifier}`);
        }
        return options?.endpoint?.intercept?.(request);
      },
    },
  });
  target = opened;
  const { deps } = opened;
  const before = await snapshot(deps);
  const onEvent = (event: WorkflowEvent): void => {
    if (event.kind !== 'state-entered') return;
    states.push(event.stateName);
    if (!event.stateName.startsWith('Wait')) return;
    const look = deps.readConfiguration({ functionName: TARGET_NAME });
    looks.push(
      look.then(({ description }) => [event.stateName, readJournal(description) !== null]),
    );
  };
  const played = await playTune({
    input: { function: TARGET_NAME, memorySizes: SIZES, invocations: 6, seed: 7, ...input },
    world: { ...deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent,
    clock,
  });
  const waits = await Promise.all(looks);
  return { played, before, after: await snapshot(deps), changes, states, waits };
}

function resultOf(played: PlayedRun): Result {
  if (played.kind !== 'done') throw new Error(JSON.stringify(played));
  return played.output as unknown as Result;
}

const UPDATE = 'UpdateFunctionConfiguration';

test('every size is published before any version is active, and $LATEST is put back before they are waited for', async () => {
  const { played, before, after, changes, states, waits } = await tune({
    endpoint: { publishDelayMs: 30_000 },
  });
  expect(resultOf(played).sizes.map(({ outcome }) => outcome)).toEqual(SIZES.map(() => 'measured'));
  expect(changes.slice(0, 7)).toEqual([...SIZES.flatMap(() => [UPDATE, 'PublishVersion']), UPDATE]);
  expect(waits.length).toBeGreaterThan(0);
  expect(new Set(waits.map(([name]) => name))).toEqual(new Set(['Wait for the versions']));
  expect(waits.filter(([, journal]) => journal)).toEqual([]);
  expect(states.filter((name) => name === 'SetMemory')).toHaveLength(3);
  expect(after).toEqual(before);
});

test('versions that are active in a second or two are waited for without a Wait of the workflow', async () => {
  const { played, states, waits } = await tune({ endpoint: { publishDelayMs: 1500 } });
  expect(waits).toEqual([]);
  expect(states).toHaveLength(resultOf(played).spent.stateTransitions);
  expect(states.filter((name) => name === 'Restore')).toHaveLength(1);
});

test('the result tells for how many seconds $LATEST was changed: its updates, not its versions', async () => {
  const { played } = await tune({ endpoint: { publishDelayMs: 100_000 } });
  const seconds = resultOf(played).spent.latestChangedSeconds;
  // Four updates of 0.8 s each, seen a little later; the versions took more than a minute and a half.
  expect(seconds).toBeGreaterThanOrEqual(3.2);
  expect(seconds).toBeLessThan(30);
});

test('the seconds for which $LATEST was changed are null where somebody took the journal away', async () => {
  let taken = false;
  const { played } = await tune(
    {
      endpoint: {
        intercept({ operation }) {
          if (operation !== 'PublishVersion' || taken) return undefined;
          return {
            kind: 'act',
            when: 'after',
            act: async () => {
              taken = true;
              await target?.deps.updateConfiguration({
                functionName: TARGET_NAME,
                revisionId: (await target.deps.readConfiguration({ functionName: TARGET_NAME }))
                  .revisionId,
                description: 'takes orders',
                memoryMb: 512,
                timeoutSeconds: 30,
              });
            },
          };
        },
      },
    },
    { memorySizes: [512] },
  );
  expect(taken).toBe(true);
  expect(resultOf(played).spent.latestChangedSeconds).toBeNull();
});

test('with SnapStart one size is published at a time, with $LATEST put back while its snapshot is made', async () => {
  const { played, before, after, changes, waits } = await tune({
    endpoint: { snapshotDelayMs: 200_000 },
    definition: { snapStart: true, runtime: 'java21' },
  });
  const result = resultOf(played);
  expect(result.sizes.map(({ outcome }) => outcome)).toEqual(SIZES.map(() => 'measured'));
  expect(changes.slice(0, 9)).toEqual(SIZES.flatMap(() => [UPDATE, 'PublishVersion', UPDATE]));
  // Three times: 5, 10, 20, 40, 50, 50 and 50 s.
  expect(waits.length).toBeGreaterThanOrEqual(18);
  expect(waits.filter(([, journal]) => journal)).toEqual([]);
  // Ten minutes of snapshots; six updates of 0.8 s.
  expect(result.spent.latestChangedSeconds).toBeLessThan(30);
  expect(result.spent.wallSeconds).toBeGreaterThan(600);
  expect(after).toEqual(before);
}, 300_000);

test('while the account makes all the snapshots it may, $LATEST is put back and the size is set again later', async () => {
  let calls = 0;
  const { played, before, after, waits } = await tune(
    {
      definition: { snapStart: true, runtime: 'java21' },
      endpoint: {
        intercept({ operation, attempt }) {
          if (operation !== 'PublishVersion') return undefined;
          if (attempt === 1) calls += 1;
          if (calls > 2) return undefined;
          return {
            kind: 'answer',
            when: 'before',
            status: 500,
            code: 'ServiceException',
            message:
              'Lambda was unable to create a new snapshot because you have reached your concurrent snapshot creation limit.',
          };
        },
      },
    },
    { memorySizes: [512] },
  );
  expect(resultOf(played).sizes.map(({ outcome }) => outcome)).toEqual(['measured']);
  expect(waits.filter(([, journal]) => journal)).toEqual([]);
  expect(waits).toHaveLength(2);
  expect(after).toEqual(before);
});

test.each([
  ['at once', { publishDelayMs: 0 }],
  ['after a while', { publishDelayMs: 20_000 }],
])(
  'a version that fails %s is the end of its size, with the reason; the others go on',
  async (_, delays) => {
    const { played, before, after } = await tune({
      endpoint: delays,
      definition: {
        publishFailure: {
          reason: 'The image could not be unpacked.',
          reasonCode: 'InvalidImage',
          memoryMb: 512,
        },
      },
    });
    const { sizes } = resultOf(played);
    expect(sizes.map(({ memoryMb, outcome, reason }) => [memoryMb, outcome, reason])).toEqual([
      [128, 'measured', null],
      [512, 'refused', 'The image could not be unpacked.'],
      [1769, 'measured', null],
    ]);
    expect(after).toEqual(before);
  },
);

test('versions that never become active end the run with a reason, not with a hang, and are deleted when they can be', async () => {
  const { played, states } = await tune({ endpoint: { publishDelayMs: 9 * 60_000 } });
  expect(played).toMatchObject({ kind: 'failed', error: 'NothingMeasured' });
  expect((played as { cause: string }).cause).toMatch(/still pending after 5 minutes/);
  // CleanUp waits for what AWS does not delete yet.
  expect(states).toContain('Wait to delete');
  expect(await target?.deps.listVersions(TARGET_NAME)).toEqual([]);
}, 300_000);

test('a run that fails while versions are pending deletes them once AWS lets it', async () => {
  let published = 0;
  const { played, before, after, states } = await tune({
    endpoint: {
      publishDelayMs: 100_000,
      intercept({ operation }) {
        if (operation !== 'PublishVersion') return undefined;
        published += 1;
        if (published < 3) return undefined;
        return {
          kind: 'answer',
          when: 'before',
          status: 403,
          code: 'AccessDeniedException',
          message: 'not allowed',
        };
      },
    },
  });
  expect(played).toMatchObject({ kind: 'failed', error: 'PermissionMissing' });
  expect(states).toContain('Wait to delete');
  expect(after).toEqual(before);
}, 120_000);

/**
 * Only what the run waits takes time here, and limits never end anything: what a machine needs besides is not
 * in the figures.
 */
class WaitsOnly implements Clock {
  #nowMs = Date.UTC(2026, 10, 21);

  now(): number {
    return this.#nowMs;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (ms >= 55_000) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      return;
    }
    await new Promise(setImmediate);
    if (!signal.aborted) this.#nowMs += ms;
  }
}

// The peer's seconds: aws-lambda-power-tuning 4.4, its own handlers against the same delays.
test.each([
  ['an update takes 0.8 s', { updateDelayMs: 800, publishDelayMs: 0 }, 7.5],
  ['a version takes 1.5 s', { updateDelayMs: 0, publishDelayMs: 1500 }, 5.5],
  ['an update takes 0.8 s and a version 1.5 s', { updateDelayMs: 800, publishDelayMs: 1500 }, 12.5],
])(
  '6 sizes of 10 invocations wait no longer than the peer takes, where %s',
  async (_, delays, peerSeconds) => {
    const clock = new WaitsOnly();
    target = await embeddedTarget({ endpoint: { ...delays, now: () => clock.now() } });
    const played = await playTune({
      input: {
        function: TARGET_NAME,
        memorySizes: [128, 256, 512, 1024, 1769, 3008],
        invocations: 10,
        seed: 7,
      },
      world: { ...target.deps, onProgress: () => undefined },
      signal: new AbortController().signal,
      onEvent: () => undefined,
      clock,
    });
    const { wallSeconds, latestChangedSeconds } = resultOf(played).spent;
    expect(wallSeconds).toBeLessThan(peerSeconds);
    expect(latestChangedSeconds).toBeLessThanOrEqual(wallSeconds);
  },
);
