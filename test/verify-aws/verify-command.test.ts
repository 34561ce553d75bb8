import { expect, test } from 'vitest';
import { ASSUMPTIONS } from '../../scripts/verify-aws/assumptions.ts';
import { start } from '../cli/powerdial.ts';
import { AS_IT_WAS, servedFunction, stateOf } from './verified-function.ts';
import { startVerify, type VerifyRun } from './verify-process.ts';

const PATIENCE = { timeout: 240_000 };

interface Finding {
  readonly id: string;
  readonly verdict: string;
  readonly why: string | null;
}

function findings(stdout: string): readonly Finding[] {
  return (JSON.parse(stdout) as { readonly assumptions: readonly Finding[] }).assumptions;
}

test(
  'every assumption that an account can prove holds on powerdial serve, and nothing is left',
  PATIENCE,
  async () => {
    const serving = start([
      'serve',
      '--local',
      'throw-away=scripts/verify-aws/handler.mjs',
      '--current',
      '128MB/10s',
    ]);
    try {
      const urls = JSON.parse(await serving.firstLine) as {
        readonly lambda: string;
        readonly stepFunctions: string;
      };
      const args = ['--function', 'throw-away', '--yes', '--json', '--log-wait', '20'];
      const { code, stdout, stderr } = await startVerify(args, urls).ended;
      const found = findings(stdout);
      expect(found.filter(({ verdict }) => verdict === 'not-held')).toEqual([]);
      const cannot = ASSUMPTIONS.filter(({ proof }) => typeof proof !== 'function');
      expect(
        found.filter(({ verdict }) => verdict === 'not-tried').map(({ id }) => id),
        stdout,
      ).toEqual([
        ...cannot.filter(({ call }) => !call.startsWith('lambda:')).map(({ id }) => id),
        // Updates end at once there; the next test has slow ones.
        'update-in-progress-refused',
        ...cannot.filter(({ call }) => call.startsWith('lambda:')).map(({ id }) => id),
      ]);
      expect(JSON.parse(stdout)).toMatchObject({ left: [], stopped: null });
      expect(stdout).not.toContain('123456789012');
      expect(code, stderr).toBe(0);
    } finally {
      serving.kill('SIGTERM');
      await serving.ended;
    }
  },
);

test('Ctrl-C puts the function back before the command ends, with 130', PATIENCE, async () => {
  const started: { run: VerifyRun | null } = { run: null };
  const { endpoint: served, client } = await servedFunction(({ operation }) =>
    operation === 'PublishVersion'
      ? { kind: 'act', when: 'after', act: () => void started.run?.child.kill('SIGINT') }
      : undefined,
  );
  const args = ['--function', 'orders', '--yes', '--only', 'version-becomes-active'];
  started.run = startVerify(args, { lambda: served.url });
  const { code, stdout, stderr } = await started.run.ended;
  expect(await stateOf(client)).toEqual(AS_IT_WAS);
  expect(stdout).toContain('It ended early: it was interrupted');
  expect(stderr).toContain('Stopping: what was made is taken away first.');
  expect(code).toBe(130);
});

test('without --yes and without a terminal nothing is done', PATIENCE, async () => {
  const changes: string[] = [];
  const { endpoint: served } = await servedFunction(({ operation }) => {
    if (!/^(Get|List)/.test(operation)) changes.push(operation);
    return undefined;
  });
  const { code, stderr } = await startVerify(['--function', 'orders'], { lambda: served.url })
    .ended;
  expect(code).toBe(2);
  expect(stderr).toContain('Say --yes');
  expect(changes).toEqual([]);
});

test('wrong usage is exit 2 with every problem, and asks nobody', PATIENCE, async () => {
  const args = ['--create', '--payload', '{', '--only', 'nonsense'];
  const { code, stderr } = await startVerify(args, { lambda: 'http://127.0.0.1:9' }).ended;
  expect(code).toBe(2);
  for (const problem of ['--function:', '--create and --role:', '--payload:', '--only:']) {
    expect(stderr).toContain(problem);
  }
});
