import {
  GetFunctionConfigurationCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';

/** What changes with any update, also with one that puts everything back. */
const MOVING = ['$metadata', 'RevisionId', 'LastModified'];

/** Everything about a function that a run has to leave as it was. */
export async function targetState(client: LambdaClient, functionName: string): Promise<unknown> {
  const FunctionName = functionName;
  const latest = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const { Versions = [] } = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
  const { Aliases = [] } = await client.send(new ListAliasesCommand({ FunctionName }));
  return {
    latest: still(latest),
    versions: Versions.filter(({ Version }) => Version !== '$LATEST').map(still),
    aliases: Aliases.map(still),
  };
}

function still(shape: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(shape).filter(([name]) => !MOVING.includes(name)));
}
