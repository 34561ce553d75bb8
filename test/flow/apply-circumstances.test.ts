import { CreateAliasCommand, GetAliasCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, test } from 'vitest';
import type { Json } from '../../src/contract/shared/json.ts';
import type { Result } from '../../src/contract/tune/result.ts';
import { denied } from '../../src/emulator/index.ts';
import { playTune, type PlayedRun } from '../../src/play/play-tune.ts';
import { HurriedClock } from '../faults/hurried-clock.ts';
import { embeddedTarget, snapshot, TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';

let target: EmbeddedTarget | null = null;

afterEach(async () => {
  await target?.close();
  target = null;
});

async function open(options: Parameters<typeof embeddedTarget>[0]): Promise<EmbeddedTarget> {
  target = await embeddedTarget(options);
  await target.client.send(new PublishVersionCommand({ FunctionName: TARGET_NAME }));
  await target.client.send(
    new CreateAliasCommand({ FunctionName: TARGET_NAME, Name: 'live', FunctionVersion: '1' }),
  );
  return target;
}

/** With these sizes the inverse law makes 1,769 MB the best value and a clear change from 512 MB. */
function play(
  { deps }: EmbeddedTarget,
  input: { readonly [key: string]: Json },
): Promise<PlayedRun> {
  return playTune({
    input: { function: TARGET_NAME, memorySizes: [512, 1769], invocations: 30, seed: 7, ...input },
    world: { ...deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
    clock: new HurriedClock(),
  });
}

/** What AWS answers while the alias's provisioned concurrency is being allocated, so many times. */
function allocatingFor(times: number, log: string[]) {
  return {
    intercept({ operation }: { readonly operation: string }) {
      log.push(operation);
      if (operation !== 'GetProvisionedConcurrencyConfig') return undefined;
      const asked = log.filter((each) => each === operation).length;
      return asked > times
        ? undefined
        : ({
            kind: 'answer',
            status: 200,
            code: '',
            message: '',
            body: { Status: 'IN_PROGRESS' },
          } as const);
    },
  };
}

describe('an alias whose provisioned concurrency is being allocated', () => {
  const input = { apply: { alias: 'live' } };

  test('is waited for before anything is published for it, and then pointed', async () => {
    const log: string[] = [];
    const found = await open({ endpoint: allocatingFor(3, log) });
    const played = await play(found, input);
    expect(played).toMatchObject({ kind: 'done', output: { applied: { alias: 'live' } } });
    const lastAsked = log.lastIndexOf('GetProvisionedConcurrencyConfig');
    expect(log.filter((each) => each === 'GetProvisionedConcurrencyConfig')).toHaveLength(4);
    expect(log.slice(0, lastAsked)).not.toContain('UpdateAlias');
    expect(log.slice(lastAsked)).toContain('PublishVersion');
    const { FunctionVersion } = await found.client.send(
      new GetAliasCommand({ FunctionName: TARGET_NAME, Name: 'live' }),
    );
    expect(FunctionVersion).not.toBe('1');
  }, 60_000);

  test('is refused by name where that does not end, with the function as it was', async () => {
    const log: string[] = [];
    const found = await open({ endpoint: allocatingFor(Infinity, log) });
    const before = await snapshot(found.deps);
    const played = await play(found, input);
    expect(played).toMatchObject({ kind: 'failed', error: 'TargetBusy' });
    expect((played as { cause: string }).cause).toMatch(
      /alias live.*provisioned concurrency.*Nothing was published/,
    );
    expect(await snapshot(found.deps)).toEqual(before);
    const firstAsked = log.indexOf('GetProvisionedConcurrencyConfig');
    expect(log.slice(firstAsked)).not.toContain('PublishVersion');
  }, 60_000);

  test('is pointed all the same where nobody may ask how far it is', async () => {
    const found = await open({
      endpoint: {
        intercept: (request) =>
          request.operation === 'GetProvisionedConcurrencyConfig'
            ? { kind: 'answer', ...denied(request) }
            : undefined,
      },
    });
    expect(await play(found, input)).toMatchObject({
      kind: 'done',
      output: { applied: { alias: 'live' } },
    });
  }, 60_000);
});

describe('a function that a tool deploys', () => {
  const tags = { 'aws:cloudformation:stack-name': 'shop', 'lambda:createdBy': 'SAM' };
  const codesOf = (played: PlayedRun): readonly string[] => {
    if (played.kind !== 'done') throw new Error(JSON.stringify(played));
    return (played.output as unknown as Result).warnings.map(({ code }) => code);
  };

  test('is warned of when something is to be applied, and only then', async () => {
    const found = await open({ definition: { tags } });
    const played = await play(found, { apply: true });
    expect(codesOf(played)).toContain('apply-undone-by-deployment');
    expect(JSON.stringify(played)).toContain('SAM (stack shop) manages the function');
    expect(codesOf(await play(found, {}))).not.toContain('apply-undone-by-deployment');
  }, 60_000);

  test('is not known to be one where its tags may not be read, and the run goes on', async () => {
    const found = await open({
      definition: { tags },
      endpoint: {
        intercept: (request) =>
          request.operation === 'ListTags' ? { kind: 'answer', ...denied(request) } : undefined,
      },
    });
    const played = await play(found, { apply: true });
    expect(played).toMatchObject({ kind: 'done', output: { applied: { memoryMb: 1769 } } });
    expect(codesOf(played)).not.toContain('apply-undone-by-deployment');
  }, 60_000);
});
