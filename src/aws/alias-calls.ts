import {
  CreateAliasCommand,
  paginateListAliases,
  UpdateAliasCommand,
  type AliasConfiguration as AwsAliasConfiguration,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type {
  AliasConfiguration,
  CreateAlias,
  ListAliases,
  PointAlias,
} from '../contract/shared/deps.ts';
import { translateErrors } from './translate-error.ts';

export function listAliases(client: LambdaClient): ListAliases {
  return (functionName) =>
    translateErrors('lambda:ListAliases', functionName, async () => {
      const aliases: AliasConfiguration[] = [];
      for await (const page of paginateListAliases({ client }, { FunctionName: functionName })) {
        aliases.push(...(page.Aliases ?? []).map(toAlias));
      }
      return aliases;
    });
}

export function pointAlias(client: LambdaClient): PointAlias {
  return ({ functionName, name, version, revisionId }) =>
    translateErrors('lambda:UpdateAlias', `${functionName}:${name}`, async () =>
      toAlias(
        await client.send(
          new UpdateAliasCommand({
            FunctionName: functionName,
            Name: name,
            FunctionVersion: version,
            RevisionId: revisionId,
          }),
        ),
      ),
    );
}

export function createAlias(client: LambdaClient): CreateAlias {
  return ({ functionName, name, version }) =>
    translateErrors('lambda:CreateAlias', `${functionName}:${name}`, async () =>
      toAlias(
        await client.send(
          new CreateAliasCommand({
            FunctionName: functionName,
            Name: name,
            FunctionVersion: version,
          }),
        ),
      ),
    );
}

function toAlias(aws: AwsAliasConfiguration): AliasConfiguration {
  return {
    name: aws.Name ?? '',
    version: aws.FunctionVersion ?? '',
    revisionId: aws.RevisionId ?? '',
    additionalVersions: Object.keys(aws.RoutingConfig?.AdditionalVersionWeights ?? {}),
  };
}
