import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import { TARGET_NAME } from '../flow/embedded-target.ts';
import { deployedWorkflow, type DeployedWorkflow } from './deployed-workflow.ts';

const INPUT = { function: TARGET_NAME, memorySizes: [128, 512], invocations: 4, seed: 7 };

vi.setConfig({ testTimeout: 180_000 });

let workflow: DeployedWorkflow | null = null;

beforeAll(() => {
  // Logs have tests of their own.
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
});

afterEach(async () => {
  await workflow?.close();
  workflow = null;
});

test('what a deployed run has spent counts the functions of its stages, at most for its whole time', async () => {
  workflow = await deployedWorkflow();
  expect(await workflow.run('run-1', INPUT)).toMatchObject({ status: 'SUCCEEDED' });
  const [put] = workflow.stored as unknown as readonly { readonly Body: Result }[];
  const { stages, stateTransitions, workflowUsd, wallSeconds } = put?.Body.spent ?? never();
  // The contexts of these tests say 256 MB: a quarter of a GB, for as long as the run took.
  expect(stages?.gbSeconds).toBeCloseTo(wallSeconds / 4, 9);
  // 0.000025 USD a transition; the processor of this machine decides between two prices.
  const perGbSecond = process.arch === 'arm64' ? 0.000_013_333_4 : 0.000_016_666_7;
  expect(stages?.usd).toBeCloseTo((perGbSecond * wallSeconds) / 4, 12);
  expect(workflowUsd).toBeCloseTo(stateTransitions * 0.000_025 + (stages?.usd ?? 0), 12);
});

test('maxUsd holds what the workflow itself can cost: a run that it leaves nothing for measures nothing', async () => {
  workflow = await deployedWorkflow();
  // 900 s of 256 MB alone can cost 0.003 USD and more; one invocation at 128 MB, 70 s long, 0.00015 USD.
  const ended = await workflow.run('run-1', { ...INPUT, memorySizes: [128], maxUsd: 0.003 });
  expect(ended).toMatchObject({ status: 'FAILED', error: 'NothingMeasured' });
  const invoked = workflow.deeds.filter(
    ({ stage, action }) => stage === 'Measure' && action === 'lambda:InvokeFunction',
  );
  expect(invoked).toEqual([]);
});

function never(): never {
  throw new Error('no result was stored');
}
