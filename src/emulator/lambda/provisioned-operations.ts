import { attachmentPlace, type AttachmentPlace } from './attachment-place.ts';
import { Constraints } from './constraints.ts';
import type { EmbeddedAccount } from './embedded-account.ts';
import type { EmbeddedFunction } from './embedded-function.ts';
import type { ProvisionedConcurrency } from './function-attachments.ts';
import { conflict, invalidParameter, LambdaException, validation } from './lambda-exception.ts';
import type { OperationRequest } from './operation-request.ts';
import type { Operation } from './operation.ts';
import { page } from './page.ts';
import { RequestBody } from './request-body.ts';

const PROVISIONED = '/2019-09-30/functions/{FunctionName}/provisioned-concurrency';

/** Concurrency that versions and aliases keep ready. */
export const PROVISIONED_OPERATIONS: readonly Operation[] = [
  {
    name: 'ListProvisionedConcurrencyConfigs',
    method: 'GET',
    path: PROVISIONED,
    query: 'List',
    run: (request, account) => {
      const { fn } = account.find(request);
      const configs = [...fn.attachments.provisioned].map(([qualifier, config]) => ({
        FunctionArn: `${fn.arn}:${qualifier}`,
        ...shape(config, account),
      }));
      const { items, next } = page(configs, request.query);
      return { status: 200, body: { ProvisionedConcurrencyConfigs: items, ...next } };
    },
  },
  {
    name: 'GetProvisionedConcurrencyConfig',
    method: 'GET',
    path: PROVISIONED,
    run: (request, account) => {
      const { fn, qualifier } = publishedPlace(request, account);
      const config = fn.attachments.provisioned.get(qualifier);
      if (config === undefined) {
        throw new LambdaException(
          404,
          'ProvisionedConcurrencyConfigNotFoundException',
          'No Provisioned Concurrency Config found for this function',
        );
      }
      return { status: 200, body: shape(config, account) };
    },
  },
  {
    name: 'PutProvisionedConcurrencyConfig',
    method: 'PUT',
    path: PROVISIONED,
    run: (request, account) => {
      const { fn, qualifier } = publishedPlace(
        request,
        account,
        'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
      );
      const requested = RequestBody.parse(request.body).integer('ProvisionedConcurrentExecutions');
      if (requested === null) {
        throw validation(
          "1 validation error detected: Value null at 'provisionedConcurrentExecutions' failed to satisfy constraint: Member must not be null",
        );
      }
      new Constraints()
        .range('provisionedConcurrentExecutions', requested, 1, Number.MAX_SAFE_INTEGER)
        .check();
      refuseTwice(fn, qualifier);
      checkRoom(fn, qualifier, requested, account);
      const { now, publishDelayMs } = account.settings;
      const config = {
        requested,
        modifiedAtMs: now(),
        readyAtMs: now() + publishDelayMs,
      };
      fn.attachments.provisioned.set(qualifier, config);
      return { status: 202, body: { ...shape(config, account), ...inProgress() } };
    },
  },
  {
    name: 'DeleteProvisionedConcurrencyConfig',
    method: 'DELETE',
    path: PROVISIONED,
    run: (request, account) => {
      const { fn, qualifier } = publishedPlace(request, account);
      fn.attachments.provisioned.delete(qualifier);
      return { status: 204 };
    },
  },
];

function publishedPlace(
  request: OperationRequest,
  account: EmbeddedAccount,
  refusal = 'The function resource provided must be an alias or a published version.',
): AttachmentPlace {
  const place = attachmentPlace(request, account);
  if (place.qualifier === '$LATEST') throw invalidParameter(refusal);
  return place;
}

/** Refuses to provision one version both by its number and by an alias. */
function refuseTwice(fn: EmbeddedFunction, qualifier: string): void {
  const { provisioned } = fn.attachments;
  const alias = fn.aliases.find(qualifier);
  if (alias !== undefined && provisioned.has(alias.version)) {
    throw conflict(
      "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    );
  }
  if (
    alias === undefined &&
    fn.aliases.referencing(qualifier).some((each) => provisioned.has(each))
  ) {
    throw conflict('Version is pointed by a Provisioned Concurrency alias');
  }
}

/**
 * Refuses more than there is room for: it is taken out of the function's reservation, or of what nobody has
 * reserved.
 */
function checkRoom(
  fn: EmbeddedFunction,
  qualifier: string,
  requested: number,
  account: EmbeddedAccount,
): void {
  const before = fn.attachments.provisioned.get(qualifier)?.requested ?? 0;
  const total = fn.attachments.provisionedTotal() - before + requested;
  if (fn.reservedConcurrency !== null) {
    if (total <= fn.reservedConcurrency) return;
    throw invalidParameter(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    );
  }
  const kept = Math.min(100, account.settings.concurrency);
  if (account.gate.shared() + before - requested >= kept) return;
  throw invalidParameter(
    `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${kept}].`,
  );
}

function shape(
  config: ProvisionedConcurrency,
  account: EmbeddedAccount,
): Readonly<Record<string, unknown>> {
  const ready = account.settings.now() >= config.readyAtMs;
  return {
    RequestedProvisionedConcurrentExecutions: config.requested,
    LastModified: new Date(config.modifiedAtMs).toISOString().replace('Z', '+0000'),
    ...(ready
      ? {
          Status: 'READY',
          AllocatedProvisionedConcurrentExecutions: config.requested,
          AvailableProvisionedConcurrentExecutions: config.requested,
        }
      : inProgress()),
  };
}

function inProgress(): Readonly<Record<string, unknown>> {
  return {
    Status: 'IN_PROGRESS',
    AllocatedProvisionedConcurrentExecutions: 0,
    AvailableProvisionedConcurrentExecutions: 0,
  };
}
