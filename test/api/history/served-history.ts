import {
  loadLog,
  loggedFunction,
  readServedLogs,
} from '../../../src/cli/serve/read-served-logs.ts';
import { startLambdaEndpoint } from '../../../src/emulator/index.ts';

/** The environment of a caller whose functions have these log files behind them, on loopback. */
export async function serveHistory(logFiles: Readonly<Record<string, string>>): Promise<{
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}> {
  const endpoint = await startLambdaEndpoint({});
  const named = Object.entries(logFiles).map(([name, path]) => `${name}=${path}`);
  for (const log of await readServedLogs(named, process.stdin)) {
    const memoryMb = (await loadLog(log, endpoint, Date.now())) ?? 128;
    const { seed: _, ...definition } = loggedFunction(log.name, 'us-east-1');
    endpoint.addFunction({ ...definition, memoryMb });
  }
  const env = {
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
  };
  return { env, close: () => endpoint.close() };
}

/** A log of so many invocations of a day ago, each of 100 ms. */
export function reportsOf(count: number): string {
  const at = new Date(Date.now() - 86_400_000).toISOString();
  return Array.from(
    { length: count },
    (_, index) =>
      `${at} REPORT RequestId: 4ce9340a-b765-490f-ad8a-02ab3415e2b${index}\tDuration: 100.00 ms\tBilled Duration: 100 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t\n`,
  ).join('');
}
