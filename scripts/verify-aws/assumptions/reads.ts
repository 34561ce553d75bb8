import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
  ListFunctionUrlConfigsCommand,
  ListProvisionedConcurrencyConfigsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { judged, model, notTried, type Assumption } from '../assumption.ts';
import { inWords, refusalOf } from '../refusal.ts';

/** What Inspect reads about a function and its account. */
export const READS: readonly Assumption[] = [
  {
    id: 'reserved-concurrency',
    call: 'lambda:GetFunctionConcurrency',
    assumed: 'A function without a reservation is answered without a number.',
    source: model(
      'lambda',
      'Returns details about the reserved concurrency configuration for a function.',
    ),
    otherwise: 'Concurrency could be taken for 0, and the run would refuse the function.',
    proof: async (account) => {
      const { ReservedConcurrentExecutions } = await account.lambda.send(
        new GetFunctionConcurrencyCommand({ FunctionName: account.functionName }),
      );
      return account.found.reserved === null
        ? judged(
            ReservedConcurrentExecutions === undefined,
            `it is ${ReservedConcurrentExecutions ?? 'absent'}`,
          )
        : notTried('the function has a reservation');
    },
  },
  {
    id: 'account-settings',
    call: 'lambda:GetAccountSettings',
    assumed: 'The account’s unreserved concurrency is told.',
    source: model(
      'lambda',
      "Retrieves details about your account's limits and usage in an Amazon Web Services Region.",
    ),
    otherwise: 'A run takes nothing as free and refuses to invoke several at once.',
    proof: async (account) => {
      const { AccountLimit } = await account.lambda.send(new GetAccountSettingsCommand({}));
      const unreserved = AccountLimit?.UnreservedConcurrentExecutions;
      return judged(unreserved !== undefined, `${unreserved ?? 'no number'}`);
    },
  },
  {
    id: 'provisioned-concurrency',
    call: 'lambda:ListProvisionedConcurrencyConfigs',
    assumed: 'A function without provisioned concurrency has an empty list.',
    source: model(
      'lambda',
      'Retrieves a list of provisioned concurrency configurations for a function.',
    ),
    otherwise: 'Inspect would end with an error for ordinary functions.',
    proof: async (account) => {
      const { ProvisionedConcurrencyConfigs } = await account.lambda.send(
        new ListProvisionedConcurrencyConfigsCommand({ FunctionName: account.functionName }),
      );
      return judged(
        ProvisionedConcurrencyConfigs !== undefined,
        `${ProvisionedConcurrencyConfigs?.length ?? 'no list of'} configurations`,
      );
    },
  },
  {
    id: 'no-policy-is-404',
    call: 'lambda:GetPolicy',
    assumed: 'A function without a policy is 404 ResourceNotFoundException.',
    source: model(
      'lambda',
      'Returns the resource-based IAM policy for a function, version, or alias.',
    ),
    otherwise: 'Inspect would say that it could not read what triggers the function.',
    proof: async (account) => {
      const refusal = await refusalOf(
        account.lambda.send(new GetPolicyCommand({ FunctionName: account.functionName })),
      );
      return refusal === null
        ? notTried('the function has a policy')
        : judged(refusal.status === 404, inWords(refusal));
    },
  },
  {
    id: 'function-urls',
    call: 'lambda:ListFunctionUrlConfigs',
    assumed: 'A function without a URL has an empty list.',
    source: model('lambda', 'Returns a list of Lambda function URLs for the specified function.'),
    otherwise: 'Inspect would say that it could not read what triggers the function.',
    proof: async (account) => {
      const { FunctionUrlConfigs } = await account.lambda.send(
        new ListFunctionUrlConfigsCommand({ FunctionName: account.functionName }),
      );
      return judged(
        FunctionUrlConfigs !== undefined,
        `${FunctionUrlConfigs?.length ?? 'no list of'} URLs`,
      );
    },
  },
  {
    id: 'tags-of-function',
    call: 'lambda:ListTags',
    assumed: 'The tags of a function are told for its unqualified ARN.',
    source: model(
      'lambda',
      "Returns a function, event source mapping, or code signing configuration's tags.",
    ),
    otherwise: '`apply` cannot warn of a deployment that would undo it.',
    proof: async (account) => {
      const { Tags } = await account.lambda.send(
        new ListTagsCommand({ Resource: account.found.arn }),
      );
      return judged(Tags !== undefined, `${Object.keys(Tags ?? {}).length} tags`);
    },
  },
  {
    id: 'event-source-mappings',
    call: 'lambda:ListEventSourceMappings',
    assumed: 'The list can be asked for one function.',
    source: model('lambda', 'Lists event source mappings.'),
    otherwise: 'Inspect would warn of triggers of other functions.',
    proof: async (account) => {
      const { EventSourceMappings } = await account.lambda.send(
        new ListEventSourceMappingsCommand({ FunctionName: account.functionName }),
      );
      const others = (EventSourceMappings ?? []).filter(
        ({ FunctionArn }) => FunctionArn?.startsWith(account.found.arn) !== true,
      );
      return judged(
        EventSourceMappings !== undefined && others.length === 0,
        `${EventSourceMappings?.length ?? 'no list of'} mappings, ${others.length} of other functions`,
      );
    },
  },
];
