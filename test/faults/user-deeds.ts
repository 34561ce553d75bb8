import {
  CreateAliasCommand,
  PublishVersionCommand,
  ResourceConflictException,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { TARGET_NAME, USER_ALIAS } from './fault-target.ts';

/** What a user has done, and what of it must be there for good. */
export interface UserWork {
  /** Fields of $LATEST, as its configuration tells them. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Versions as they were handed out, by PublishVersion. */
  readonly versions: readonly Readonly<Record<string, unknown>>[];
  /** Where aliases point. */
  readonly aliases: Readonly<Record<string, string>>;
}

const NOTHING: UserWork = { configuration: {}, versions: [], aliases: {} };

type Deed = (client: LambdaClient) => Promise<UserWork>;

/** What users and their deployments do to a function while a run is at work on it. */
export const USER_DEEDS: Readonly<Record<string, Deed>> = {
  'sets the environment': configure({ Environment: { Variables: { TABLE: 'orders-2' } } }),
  'sets the timeout': configure({ Timeout: 45 }),
  'sets the memory': configure({ MemorySize: 1024 }),
  'sets the description': configure({ Description: 'takes orders and returns' }),
  'sets everything': configure({
    Description: 'takes orders and returns',
    Timeout: 45,
    MemorySize: 1024,
    Environment: { Variables: { TABLE: 'orders-2' } },
  }),
  'deploys code': deployCode,
  'publishes a version': publish,
  'publishes and points an alias at it': async (client) => release(client),
  'makes an alias': async (client) => {
    await client.send(
      new CreateAliasCommand({ FunctionName: TARGET_NAME, Name: 'mine', FunctionVersion: '1' }),
    );
    return { ...NOTHING, aliases: { mine: '1' } };
  },
  'deploys code, publishes it and points an alias at it': async (client) => {
    const deployed = await deployCode(client);
    return { ...(await release(client)), configuration: deployed.configuration };
  },
};

function configure(change: Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName'>): Deed {
  return async (client) => {
    await tryPatiently(() =>
      client.send(new UpdateFunctionConfigurationCommand({ FunctionName: TARGET_NAME, ...change })),
    );
    return { ...NOTHING, configuration: { ...change } };
  };
}

async function deployCode(client: LambdaClient): Promise<UserWork> {
  const { CodeSha256 } = await tryPatiently(() =>
    client.send(
      new UpdateFunctionCodeCommand({
        FunctionName: TARGET_NAME,
        ZipFile: Buffer.from('another archive'),
      }),
    ),
  );
  return { ...NOTHING, configuration: { CodeSha256 } };
}

async function publish(client: LambdaClient): Promise<UserWork> {
  const {
    $metadata: _,
    RevisionId: _revision,
    ...version
  } = await tryPatiently(() =>
    client.send(new PublishVersionCommand({ FunctionName: TARGET_NAME })),
  );
  return { ...NOTHING, versions: [version] };
}

async function release(client: LambdaClient): Promise<UserWork> {
  const work = await publish(client);
  const version = String(work.versions[0]?.['Version']);
  await client.send(
    new UpdateAliasCommand({
      FunctionName: TARGET_NAME,
      Name: USER_ALIAS,
      FunctionVersion: version,
    }),
  );
  return { ...work, aliases: { [USER_ALIAS]: version } };
}

/** While an update is in progress, users and their tools wait and try again. */
async function tryPatiently<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ResourceConflictException)) throw error;
      await new Promise((done) => setTimeout(done, 5));
    }
  }
}
