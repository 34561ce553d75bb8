import { TARGET_NAME } from '../flow/embedded-target.ts';
import type { DeployedWorkflow, deployedWorkflow } from './deployed-workflow.ts';

const FOREVER_MS = 3_600_000;

/** The log group of the target. */
export const GROUP = `/aws/lambda/${TARGET_NAME}`;

/** A target with a log whose counts run for longer than any test takes; estimates answer at once, as in an account. */
export const SLOW_QUERY: NonNullable<Parameters<typeof deployedWorkflow>[0]> = {
  endpoint: { logGroups: { [GROUP]: {} }, queries: { chunkDelayMs: FOREVER_MS } },
};

/** Puts a line into the log, so that there is something to count. */
export function addLogLine({ target }: DeployedWorkflow): void {
  const line = Buffer.from('START RequestId: 4ce9340a-b765-490f-ad8a-02ab3415e2bf\n');
  target.addLog({
    group: GROUP,
    stream: '2026/11/20/[$LATEST]0123456789abcdef0123456789abcdef',
    atMs: Date.now() - 600_000,
    size: line.length,
    read: () => line,
  });
}
