import { notFound } from './lambda-exception.ts';
import type { Operation } from './operation.ts';

/** An embedded function has no trigger, no policy and nothing provisioned: true answers, all empty. */
export const TRIGGER_OPERATIONS: readonly Operation[] = [
  {
    name: 'GetPolicy',
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}/policy',
    run: (request, account) => {
      account.find(request);
      throw notFound('The resource you requested does not exist.');
    },
  },
  {
    name: 'ListEventSourceMappings',
    method: 'GET',
    path: '/2015-03-31/event-source-mappings',
    run: () => ({ status: 200, body: { EventSourceMappings: [] } }),
  },
  {
    name: 'GetFunctionUrlConfig',
    method: 'GET',
    path: '/2021-10-31/functions/{FunctionName}/url',
    run: () => {
      throw notFound('The resource you requested does not exist.');
    },
  },
  {
    name: 'ListProvisionedConcurrencyConfigs',
    method: 'GET',
    path: '/2019-09-30/functions/{FunctionName}/provisioned-concurrency',
    run: (request, account) => {
      account.find(request);
      return { status: 200, body: { ProvisionedConcurrencyConfigs: [] } };
    },
  },
];
