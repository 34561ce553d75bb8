import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  paginateListAliases,
  paginateListVersionsByFunction,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { readTriggers } from '../../src/aws/trigger-calls.ts';
import { isAwsError } from '../../src/contract/shared/aws-error.ts';
import { MAX_DESCRIPTION_LENGTH, readJournal } from '../../src/core/journal/journal.ts';
import type { Found } from './account.ts';

export interface Look {
  readonly found: Found;
  /** Why the function may not be touched, whatever the user says. */
  readonly refusals: readonly string[];
  /** Who could notice: refused unless the user says that it does not matter. */
  readonly callers: readonly string[];
}

/** What the journal takes of the description, at most. */
const JOURNAL_LENGTH = 110;

/** Reads the function as it is, before anything is done to it. */
export async function lookAt(lambda: LambdaClient, functionName: string): Promise<Look> {
  const latest = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  const versions: number[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction(
    { client: lambda },
    { FunctionName: functionName },
  )) {
    versions.push(...Versions.map(({ Version }) => Number(Version)).filter(Number.isInteger));
  }
  const aliases: string[] = [];
  for await (const { Aliases = [] } of paginateListAliases(
    { client: lambda },
    { FunctionName: functionName },
  )) {
    aliases.push(...Aliases.map(({ Name = '' }) => Name));
  }
  const description = latest.Description ?? '';
  const refusals = [
    ...(readJournal(description) === null
      ? []
      : [`a run of Powerdial has left a mark on it: powerdial restore ${functionName}`]),
    ...(latest.State !== undefined && latest.State !== 'Active'
      ? [`its state is ${latest.State}, wanted Active`]
      : []),
    ...(latest.LastUpdateStatus === 'InProgress' ? ['an update of it is in progress'] : []),
    ...(latest.SnapStart?.ApplyOn === 'PublishedVersions'
      ? ['it has SnapStart: each version would take minutes']
      : []),
    ...(latest.LoggingConfig?.SystemLogLevel === 'WARN'
      ? ['its system log level WARN hides the reports']
      : []),
    ...(description.length > MAX_DESCRIPTION_LENGTH - JOURNAL_LENGTH
      ? [
          `its description has ${description.length} characters, wanted at most ${MAX_DESCRIPTION_LENGTH - JOURNAL_LENGTH}`,
        ]
      : []),
  ];
  return {
    found: {
      memoryMb: latest.MemorySize ?? 128,
      timeoutSeconds: latest.Timeout ?? 3,
      description,
      reserved: await reservedConcurrency(lambda, functionName),
      highestVersion: Math.max(0, ...versions),
      arn: latest.FunctionArn ?? '',
      logGroup: latest.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`,
    },
    refusals,
    callers: [
      ...aliases.map((name) => `the alias ${name}`),
      ...(await triggersOf(lambda, functionName, aliases)),
    ],
  };
}

async function triggersOf(
  lambda: LambdaClient,
  functionName: string,
  aliases: readonly string[],
): Promise<readonly string[]> {
  const sqs = () => Promise.reject(new Error('queues are not read'));
  const read = readTriggers({ lambda, sqs });
  const { triggers, unread } = await read(functionName, aliases);
  return [
    ...triggers.map(({ source, arn }) => `${source}${arn === null ? '' : ` (${arn})`}`),
    ...unread.map((what) => `perhaps others: ${what} could not be read`),
  ];
}

async function reservedConcurrency(
  lambda: LambdaClient,
  functionName: string,
): Promise<number | null> {
  try {
    const { ReservedConcurrentExecutions } = await lambda.send(
      new GetFunctionConcurrencyCommand({ FunctionName: functionName }),
    );
    return ReservedConcurrentExecutions ?? null;
  } catch (error) {
    if (isAwsError(error)) throw error;
    // Not known: so a reservation is not made either.
    return 0;
  }
}
