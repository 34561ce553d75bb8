import {
  DeleteAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  paginateListVersionsByFunction,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { readJournal } from '../../src/core/journal/journal.ts';
import { versionsOfRun } from '../../src/core/journal/version-mark.ts';
import type { Account } from './account.ts';

/**
 * Takes away what this run made and puts $LATEST back, in that order of need: first what other people call.
 * Found by name and mark and not by memory, so that a call whose answer was lost leaves nothing. What cannot
 * be done does not keep the rest from being done.
 *
 * @param lambda a client that no signal stops
 * @returns what is left, with the command that mends it; nothing when all is as it was found
 */
export async function cleanUp(account: Account, lambda: LambdaClient): Promise<readonly string[]> {
  const { functionName, found } = account;
  const left: string[] = [];
  const step = async (what: string, mend: string, run: () => Promise<unknown>): Promise<void> => {
    try {
      await patiently(run);
    } catch (error) {
      if (isMissing(error)) return;
      left.push(`${what} (${(error as Error).message}); ${mend}`);
    }
  };
  const restore = `powerdial restore ${functionName}`;
  await step('the reservation of 0 concurrent invocations', DELETE_RESERVATION(functionName), () =>
    account.reserved
      ? lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: functionName }))
      : Promise.resolve(),
  );
  await step('the changed $LATEST', restore, () => putBack(account, lambda));
  await step(
    `the alias ${account.alias}`,
    `aws lambda delete-alias --function-name ${functionName} --name ${account.alias}`,
    () =>
      account.aliased
        ? lambda.send(new DeleteAliasCommand({ FunctionName: functionName, Name: account.alias }))
        : Promise.resolve(),
  );
  const versions: { readonly version: string; readonly description: string }[] = [];
  await step('versions, which could not be listed', restore, async () => {
    versions.length = 0;
    const pages = paginateListVersionsByFunction(
      { client: lambda },
      { FunctionName: functionName },
    );
    for await (const { Versions = [] } of pages) {
      versions.push(
        ...Versions.map(({ Version = '', Description = '' }) => ({
          version: Version,
          description: Description,
        })),
      );
    }
  });
  const own = versionsOfRun(account.run, versions).filter(
    ({ version }) => /^[1-9]\d*$/.test(version) && Number(version) > found.highestVersion,
  );
  for (const { version } of own) {
    await step(`version ${version}`, restore, () =>
      lambda.send(new DeleteFunctionCommand({ FunctionName: functionName, Qualifier: version })),
    );
  }
  return left;
}

const DELETE_RESERVATION = (name: string): string =>
  `aws lambda delete-function-concurrency --function-name ${name}`;

/**
 * Every field that still holds what this run set goes back; what somebody else has written since stays.
 * The description goes back when it still carries this run's journal.
 */
async function putBack(account: Account, lambda: LambdaClient): Promise<void> {
  const { functionName, found, run } = account;
  const latest = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  const journal = readJournal(latest.Description ?? '');
  const own = journal?.run === run ? journal : null;
  const set = own?.set ?? account.lastSet;
  const change = {
    ...(own === null ? {} : { Description: own.description }),
    ...(latest.MemorySize === set?.memoryMb && set?.memoryMb !== found.memoryMb
      ? { MemorySize: found.memoryMb }
      : {}),
    ...(latest.Timeout === set?.timeoutSeconds && set?.timeoutSeconds !== found.timeoutSeconds
      ? { Timeout: found.timeoutSeconds }
      : {}),
  };
  if (Object.keys(change).length === 0) return;
  if (latest.LastUpdateStatus === 'InProgress') throw new InProgress('an update is in progress');
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: functionName,
      RevisionId: latest.RevisionId,
      ...change,
    }),
  );
  await patiently(async () => {
    const after = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName }),
    );
    if (after.LastUpdateStatus === 'InProgress') throw new InProgress('the update has not ended');
  });
}

class InProgress extends Error {}

const ATTEMPTS = 120;
const PAUSE_MS = 1000;

/** Again while something is in progress: an update, a version that is not Active yet, somebody’s revision. */
async function patiently(run: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run();
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !mayEnd(error)) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

function mayEnd(error: unknown): boolean {
  return (
    error instanceof InProgress ||
    [
      'ResourceConflictException',
      'PreconditionFailedException',
      'TooManyRequestsException',
    ].includes((error as Error).name)
  );
}

function isMissing(error: unknown): boolean {
  return (error as Error).name === 'ResourceNotFoundException';
}
