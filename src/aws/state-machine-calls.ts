import {
  ListTagsForResourceCommand,
  paginateListStateMachines,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { translateErrors } from './translate-error.ts';

export interface NamedStateMachine {
  readonly arn: string;
  readonly name: string;
}

/**
 * Lists the state machines of the account and region whose names begin with a prefix, in no promised order.
 */
export type ListStateMachines = (namePrefix: string) => Promise<readonly NamedStateMachine[]>;

export type ReadTags = (stateMachineArn: string) => Promise<Readonly<Record<string, string>>>;

const MOST_PAGE_SIZE = 1000;

export function listStateMachines(client: SFNClient): ListStateMachines {
  return (namePrefix) =>
    translateErrors('states:ListStateMachines', '*', async () => {
      const found: NamedStateMachine[] = [];
      const pages = paginateListStateMachines({ client, pageSize: MOST_PAGE_SIZE }, {});
      for await (const { stateMachines = [] } of pages) {
        for (const { stateMachineArn: arn = '', name = '' } of stateMachines) {
          if (name.startsWith(namePrefix)) found.push({ arn, name });
        }
      }
      return found;
    });
}

export function readTags(client: SFNClient): ReadTags {
  return (resourceArn) =>
    translateErrors('states:ListTagsForResource', resourceArn, async () => {
      const { tags = [] } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
      return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));
    });
}
