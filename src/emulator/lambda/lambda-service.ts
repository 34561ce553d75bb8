import type { ServiceError } from '../services/service-error.ts';
import type { ServiceReply } from '../services/service-reply.ts';
import type { Service } from '../services/service.ts';
import type { EmbeddedAccount } from './embedded-account.ts';
import { LambdaException } from './lambda-exception.ts';
import { route } from './routing-table.ts';

/** Lambda's HTTP API over an account. It takes every request that no other service wants. */
export function lambdaService(account: EmbeddedAccount): Service {
  return {
    name: 'lambda',
    accepts: () => true,
    understand({ requestId, method, url, headers, body }) {
      const query = url.searchParams;
      const { operation, params } = route(method, url.pathname, query);
      const functionName = params['FunctionName'] ?? null;
      const qualifier = query.get('Qualifier');
      return {
        operation: operation.name,
        action: `lambda:${operation.action ?? operation.name}`,
        resource: account.arnOf(functionName, qualifier),
        functionName,
        qualifier,
        run: (updateFailure) => {
          const request = { requestId, params, query, headers, body, updateFailure };
          return operation.run(request, account);
        },
      };
    },
    refuse,
  };
}

/** The error's name goes into a header; the body of an exception of our own is complete. */
function refuse(error: ServiceError): ServiceReply {
  return {
    status: error.status,
    headers: { 'x-amzn-errortype': error.code, ...error.headers },
    body:
      error instanceof LambdaException
        ? error.body
        : { Type: 'User', ...error.body, message: error.message },
  };
}
