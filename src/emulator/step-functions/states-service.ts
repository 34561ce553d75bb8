import { jsonReply, targetOf } from '../services/json-target.ts';
import type { ServiceError } from '../services/service-error.ts';
import type { ServiceReply } from '../services/service-reply.ts';
import type { Service } from '../services/service.ts';
import { EXECUTION_OPERATIONS } from './execution-operations.ts';
import type { Operations } from './operation.ts';
import { RequestMembers } from './request-members.ts';
import { SfnException, unknownOperation } from './sfn-exception.ts';
import { STATE_MACHINE_OPERATIONS } from './state-machine-operations.ts';
import type { StatesAccount } from './states-account.ts';

const TARGET = 'AWSStepFunctions';

/** Every operation that the endpoint has. To add one, add a row. */
const OPERATIONS: Operations = { ...EXECUTION_OPERATIONS, ...STATE_MACHINE_OPERATIONS };

/** The members that name what an operation is about. */
const RESOURCES = ['executionArn', 'stateMachineArn', 'resourceArn'] as const;

/** Step Functions in the AWS JSON protocol, with the operations of an account. */
export function statesService(account: StatesAccount): Service {
  return {
    name: 'states',
    accepts: (request) => targetOf(request, TARGET) !== null,
    understand(request) {
      const name = targetOf(request, TARGET) ?? '';
      const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
      if (operation === undefined) {
        throw unknownOperation(
          `The embedded Step Functions endpoint does not have "${name}"; it has ${Object.keys(OPERATIONS).join(', ')}.`,
        );
      }
      const members = RequestMembers.parse(request.body);
      return {
        operation: name,
        action: `states:${name}`,
        resource: resourceOf(members),
        functionName: null,
        qualifier: null,
        run: async () => jsonReply('1.0', await operation(members, account)),
      };
    },
    refuse,
  };
}

function resourceOf(members: RequestMembers): string {
  for (const name of RESOURCES) {
    const arn = members.text(name);
    if (arn !== null) return arn;
  }
  return '*';
}

/** Returns an error in the body's `__type`, under the namespace of what refused. */
function refuse(error: ServiceError): ServiceReply {
  const { status, code, headers, message } = error;
  const namespace = error instanceof SfnException ? `${error.namespace}#` : '';
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
    body: { __type: `${namespace}${code}`, message },
  };
}
