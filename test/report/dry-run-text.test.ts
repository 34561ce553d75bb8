import { expect, test } from 'vitest';
import type { DryRun } from '../../src/contract/tune/dry-run.ts';
import { targetSchema } from '../../src/contract/tune/target.ts';
import { settledInputSchema } from '../../src/contract/tune/settled-input.ts';
import { dryRunText } from '../../src/report/dry-run-text.ts';
import { applyPlanText } from '../../src/words/tune/apply-plan.ts';

function plan(changed: {
  readonly apply?: DryRun['input']['apply'];
  readonly alias?: DryRun['target']['alias'];
  readonly callers?: readonly string[];
}): DryRun {
  const { apply = false, alias = null, callers = [] } = changed;
  return {
    dryRun: true,
    round: {
      number: 1,
      sizes: [
        { memoryMb: 1024, warm: 5, cold: 1 },
        { memoryMb: 512, warm: 5, cold: 0 },
        { memoryMb: 256, warm: 5, cold: 0 },
      ],
    },
    mostInvocations: 601,
    mostUsd: 1,
    callers: [...callers],
    input: settledInputSchema.parse({
      function: 'orders',
      payloads: [{ sha256: 'a'.repeat(64), bytes: 2, weight: 1 }],
      measureTimeoutSeconds: 60,
      seed: 1,
      asynchronous: false,
      apply,
    }),
    target: targetSchema.parse({
      functionName: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
      functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
      region: 'eu-west-1',
      architecture: 'arm64',
      runtime: 'nodejs24.x',
      memoryMb: 512,
      timeoutSeconds: 30,
      description: '',
      systemLogLevel: null,
      logFormat: 'Text',
      applicationLogLevel: null,
      logGroup: '/aws/lambda/orders',
      ephemeralStorageMb: 512,
      snapStart: false,
      codeSha256: 'c',
      revisionId: 'r',
      highestVersion: 3,
      alias,
    }),
    triggers: [],
    warnings: [{ code: 'x', message: 'Something to know.' }] as never,
  };
}

const plain = (text: string | null): string => (text ?? '').replaceAll('\u00a0', ' ');

test('a dry run is told in words: what is set now, what is measured, what it takes, and what changes', () => {
  const text = dryRunText(plan({ callers: ['sqs (arn:queue)'] }), {
    colour: false,
    unicode: true,
    columns: 100,
  });
  expect(plain(text)).toBe(`orders · arm64 · eu-west-1 · nodejs24.x

! Something to know.

now         512 MB and a timeout of 30 s
goal        best-value: the fastest size that costs at most 5 % more than the cheapest
first       1024 MB with 5 invocations and 1 cold start; 512, 256 MB with 5 invocations each; what
            decides is measured further
at most     601 real invocations, trials among them, for 1.00 USD
may         AWS says that it may invoke the function; whether it may set, publish and delete cannot
            be asked without a change
callers     sqs (arn:queue) call $LATEST, and meet the sizes for the seconds in which they are set
then        changes nothing: versions are published for measuring, and deleted again (--apply sets
            what is recommended)

A dry run: nothing was invoked, and nothing was changed.
`);
});

test('a dry run tells from which value to which --apply changes the function', () => {
  expect(applyPlanText(plan({}))).toBeNull();
  expect(plain(applyPlanText(plan({ apply: true })))).toBe(
    'sets the memory of $LATEST from 512 MB to the recommended size (at first 256 MB to 1024 MB are tried)',
  );
  const alias = { name: 'live', version: '3', revisionId: 'r' };
  expect(plain(applyPlanText(plan({ apply: { alias: 'live', timeout: true }, alias })))).toBe(
    'sets the memory of $LATEST from 512 MB to the recommended size (at first 256 MB to 1024 MB are tried) and its timeout from 30 s to the recommended one, publishes a version of it, and points alias live there (now version 3)',
  );
  const made = { name: 'live', version: null, revisionId: null };
  expect(applyPlanText(plan({ apply: { alias: 'live' }, alias: made }))).toMatch(
    /publishes a version of it, and makes alias live point there$/,
  );
});
