import { lambdaDeps } from '../../aws/lambda-deps.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { plainText } from '../../words/plain-text.ts';
import { connectAws, type AwsConnection } from '../../api/shared/connect-aws.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { readWindow } from '../../api/history/read-window.ts';
import type { LogSource } from './log-source.ts';
import type { LogsOptions } from './logs-options.ts';

/** How long one kind of report is looked for. */
const WITHIN_MS = 60_000;

/**
 * Returns the reports of a function in CloudWatch Logs as a log to read, text and JSON.
 *
 * @param say told when only a part could be read
 * @throws {UsageError} for what is no function or no time, and {AwsError}
 */
export async function functionLog(
  functionName: string,
  options: Pick<LogsOptions, 'since' | 'region' | 'profile'>,
  { env, nowMs }: { readonly env: NodeJS.ProcessEnv; readonly nowMs: number },
  say: (text: string) => void,
): Promise<LogSource> {
  const reference = parseFunctionRef(functionName);
  if (reference === null) {
    throw new UsageError([
      `--function: wanted the name or ARN of a function, it is ${JSON.stringify(functionName)}`,
    ]);
  }
  const window = readWindow({ since: options.since ?? '1d' }, nowMs);
  const connection = await connectAws(options, env, reference.region);
  return {
    name: plainText(functionName),
    open: () => reports(reference.functionName, window, { say, connection }),
  };
}

async function* reports(
  functionName: string,
  { sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number },
  {
    say,
    connection,
  }: {
    readonly say: (text: string) => void;
    readonly connection: AwsConnection;
  },
): AsyncGenerator<Buffer> {
  const deps = lambdaDeps(connection);
  try {
    const logGroup = await logGroupOf(deps, functionName);
    for (const text of ['REPORT RequestId', 'platform.report']) {
      const { events, isWhole } = await deps.findLogEvents({
        logGroup,
        text,
        fromMs: sinceMs,
        toMs: untilMs,
        streamPrefixes: null,
        withinMs: WITHIN_MS,
      });
      if (!isWhole)
        say(`! only a part of ${logGroup} was read in ${WITHIN_MS / 1000} s, the oldest first`);
      for (const { message } of events) yield Buffer.from(`${message.trimEnd()}\n`);
    }
  } finally {
    deps.close();
  }
}

/** Finds the log group of a function. Who may read logs need not be allowed to read configurations. */
async function logGroupOf(
  deps: ReturnType<typeof lambdaDeps>,
  functionName: string,
): Promise<string> {
  try {
    return (await deps.readConfiguration({ functionName })).logGroup;
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return `/aws/lambda/${functionName.replace(/^.*:function:/, '')}`;
  }
}
