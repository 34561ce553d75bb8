import { Constraints } from './constraints.ts';
import { invalidParameter, validation } from './lambda-exception.ts';
import type { Operation } from './operation.ts';
import { RequestBody } from './request-body.ts';

const GB = 2 ** 30;

/** Limits of the account and of its functions. */
export const ACCOUNT_OPERATIONS: readonly Operation[] = [
  {
    name: 'GetAccountSettings',
    method: 'GET',
    path: '/2016-08-19/account-settings',
    run: (_request, account) => ({
      status: 200,
      body: {
        AccountLimit: {
          TotalCodeSize: 300 * GB,
          CodeSizeUnzipped: 262_144_000,
          CodeSizeZipped: 52_428_800,
          ConcurrentExecutions: account.settings.concurrency,
          UnreservedConcurrentExecutions: account.gate.unreserved(),
        },
        AccountUsage: { TotalCodeSize: 0, FunctionCount: account.functions().length },
      },
    }),
  },
  {
    name: 'GetFunctionConcurrency',
    method: 'GET',
    path: '/2019-09-30/functions/{FunctionName}/concurrency',
    run: (request, account) => {
      const { reservedConcurrency } = account.findUnqualified(request);
      return {
        status: 200,
        body:
          reservedConcurrency === null ? {} : { ReservedConcurrentExecutions: reservedConcurrency },
      };
    },
  },
  {
    name: 'PutFunctionConcurrency',
    method: 'PUT',
    path: '/2017-10-31/functions/{FunctionName}/concurrency',
    run: (request, account) => {
      const fn = account.findUnqualified(request);
      const wanted = RequestBody.parse(request.body).integer('ReservedConcurrentExecutions');
      if (wanted === null) {
        throw validation(
          "1 validation error detected: Value null at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must not be null",
        );
      }
      new Constraints()
        .range('reservedConcurrentExecutions', wanted, 0, Number.MAX_SAFE_INTEGER)
        .check();
      const provisioned = fn.attachments.provisionedTotal();
      if (wanted < provisioned) {
        throw invalidParameter(
          `ReservedConcurrentExecutions ${wanted} should not be lower than function's total provisioned concurrency [${provisioned}].`,
        );
      }
      // An account keeps 100 for functions without a reservation; small ones keep all they have.
      const kept = Math.min(100, account.settings.concurrency);
      const left = account.gate.unreserved() + (fn.reservedConcurrency ?? 0) - wanted;
      if (left < kept) {
        throw invalidParameter(
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${kept}].`,
        );
      }
      fn.reservedConcurrency = wanted;
      return { status: 200, body: { ReservedConcurrentExecutions: wanted } };
    },
  },
  {
    name: 'DeleteFunctionConcurrency',
    method: 'DELETE',
    path: '/2017-10-31/functions/{FunctionName}/concurrency',
    run: (request, account) => {
      account.findUnqualified(request).reservedConcurrency = null;
      return { status: 204 };
    },
  },
];
