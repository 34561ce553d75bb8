import type { Operations } from './operation.ts';
import { page } from './page.ts';
import { resourceNotFound, SfnException } from './sfn-exception.ts';

const MOST_ARN_LENGTH = 256;

export const STATE_MACHINE_OPERATIONS: Operations = {
  ListStateMachines: (members, account) => {
    const { items, next } = page(account.machines(), ({ arn }) => arn, members);
    return {
      stateMachines: items.map(({ arn, offer, createdAtMs }) => ({
        stateMachineArn: arn,
        name: offer.name,
        type: 'STANDARD',
        creationDate: createdAtMs / 1000,
      })),
      ...next,
    };
  },

  DescribeStateMachine: (members, account) => {
    const machine = account.machine(members.requiredString('stateMachineArn', MOST_ARN_LENGTH));
    const included = members.oneOf('includedData', ['ALL_DATA', 'METADATA_ONLY']);
    return {
      stateMachineArn: machine.arn,
      name: machine.offer.name,
      status: 'ACTIVE',
      definition:
        included === 'METADATA_ONLY' ? '' : JSON.stringify(machine.offer.definition, null, 2),
      roleArn: machine.roleArn,
      type: 'STANDARD',
      creationDate: machine.createdAtMs / 1000,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    };
  },

  ListTagsForResource: (members, account) => {
    const arn = members.requiredString('resourceArn', MOST_ARN_LENGTH);
    let machine;
    try {
      machine = account.machine(arn);
    } catch (error) {
      // This operation has an error name of its own for a state machine that is not there.
      const missing = error instanceof SfnException && error.code === 'StateMachineDoesNotExist';
      throw missing ? resourceNotFound(arn) : error;
    }
    const tags = Object.entries(machine.offer.tags ?? {});
    return { tags: tags.map(([key, value]) => ({ key, value })) };
  },
};
