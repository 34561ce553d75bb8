import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { readOptions } from '../../scripts/verify-aws/options.ts';
import { verify } from '../../scripts/verify-aws/run.ts';
import { exitCodeOf, verdictText, type Verdict } from '../../scripts/verify-aws/verdict.ts';
import type { Intercept } from '../../src/emulator/index.ts';
import { fixture } from '../emulator/lambda/lambda-fixture.ts';

/** Everything about a function that a run could leave changed. */
export async function stateOf(client: LambdaClient): Promise<unknown> {
  const named = { FunctionName: 'orders' };
  const { MemorySize, Timeout, Description } = await client.send(
    new GetFunctionConfigurationCommand(named),
  );
  const { Versions = [] } = await client.send(new ListVersionsByFunctionCommand(named));
  const { Aliases = [] } = await client.send(new ListAliasesCommand(named));
  const { ReservedConcurrentExecutions = null } = await client.send(
    new GetFunctionConcurrencyCommand(named),
  );
  return {
    MemorySize,
    Timeout,
    Description,
    ReservedConcurrentExecutions,
    versions: Versions.map(({ Version }) => Version),
    aliases: Aliases.map(({ Name }) => Name),
  };
}

export const AS_IT_WAS = {
  MemorySize: 512,
  Timeout: 30,
  Description: 'takes orders',
  ReservedConcurrentExecutions: null,
  versions: ['$LATEST'],
  aliases: [],
};

/** The endpoint with a clock that goes, and one function. */
export function servedFunction(intercept?: Intercept, updateDelayMs = 0) {
  return fixture(
    {
      now: () => Date.now(),
      updateDelayMs,
      publishDelayMs: updateDelayMs,
      ...(intercept === undefined ? {} : { intercept }),
    },
    { description: 'takes orders' },
  );
}

export interface Ran {
  readonly code: number;
  readonly text: string;
  readonly verdict: Verdict;
}

/** A run in this process against an endpoint, as `npm run verify:aws -- --function orders --yes …`. */
export async function run(
  url: string,
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Ran> {
  const to = ['--function', 'orders', '--log-wait', '2', '--region', 'eu-west-1'];
  const options = readOptions([...to, ...args]);
  if (options === 'help') throw new Error('wanted options, they ask for help');
  const verdict = await verify(
    options,
    { signal, agree: () => Promise.resolve(true), onFinding: () => undefined },
    { endpoint: url, credentials: { accessKeyId: 'any', secretAccessKey: 'any' } },
  );
  return { code: exitCodeOf(verdict, signal.aborted), text: verdictText(verdict), verdict };
}
