import { ListTagsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { ReadTags } from '../contract/shared/deps.ts';
import { translateErrors } from './translate-error.ts';

export function readTags(client: LambdaClient): ReadTags {
  return (functionArn) =>
    translateErrors('lambda:ListTags', functionArn, async () => {
      const { Tags } = await client.send(new ListTagsCommand({ Resource: functionArn }));
      return Tags ?? {};
    });
}
