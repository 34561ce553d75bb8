import {
  DeleteFunctionCommand,
  paginateListVersionsByFunction,
  PublishVersionCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../contract/shared/aws-error.ts';
import type {
  DeleteVersion,
  ListAllVersions,
  ListVersions,
  PublishVersion,
} from '../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../contract/shared/function-configuration.ts';
import { toFunctionConfiguration } from './function-configuration.ts';
import { translateErrors } from './translate-error.ts';

export function publishVersion(client: LambdaClient): PublishVersion {
  return ({ functionName, revisionId, codeSha256, description }) =>
    translateErrors('lambda:PublishVersion', functionName, async () =>
      toFunctionConfiguration(
        await client.send(
          new PublishVersionCommand({
            FunctionName: functionName,
            RevisionId: revisionId,
            CodeSha256: codeSha256,
            Description: description,
          }),
        ),
      ),
    );
}

export function listVersions(client: LambdaClient): ListVersions {
  return async (functionName) => (await listAll(client, functionName)).filter(isPublished);
}

export function listAllVersions(client: LambdaClient): ListAllVersions {
  return async (functionName) => {
    const all = await listAll(client, functionName);
    const latest = all.find((each) => !isPublished(each));
    if (latest === undefined) {
      throw new AwsError({
        kind: 'unavailable',
        action: LIST_ACTION,
        resource: functionName,
        code: 'UnexpectedAnswer',
        message: 'wanted $LATEST among the versions, it is not there',
      });
    }
    return { latest, versions: all.filter(isPublished) };
  };
}

const LIST_ACTION = 'lambda:ListVersionsByFunction';

function listAll(
  client: LambdaClient,
  functionName: string,
): Promise<readonly FunctionConfiguration[]> {
  return translateErrors(LIST_ACTION, functionName, async () => {
    const versions: FunctionConfiguration[] = [];
    const pages = paginateListVersionsByFunction({ client }, { FunctionName: functionName });
    for await (const page of pages) {
      versions.push(...(page.Versions ?? []).map(toFunctionConfiguration));
    }
    return versions;
  });
}

function isPublished({ version }: FunctionConfiguration): boolean {
  return version !== '$LATEST';
}

export function deleteVersion(client: LambdaClient): DeleteVersion {
  return ({ functionName, version }) =>
    translateErrors('lambda:DeleteFunction', `${functionName}:${version}`, async () => {
      // Without a qualifier this call deletes the whole function, so only a number may stand here.
      if (!/^[1-9]\d*$/.test(version)) {
        throw new Error(`Delete one version: wanted a version number, it is "${version}"`);
      }
      await client.send(
        new DeleteFunctionCommand({ FunctionName: functionName, Qualifier: version }),
      );
    });
}
