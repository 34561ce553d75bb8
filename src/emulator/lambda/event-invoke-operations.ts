import { Constraints } from './constraints.ts';
import type { EmbeddedAccount } from './embedded-account.ts';
import type { EmbeddedFunction } from './embedded-function.ts';
import type { EventInvokeConfig } from './event-invoke-config.ts';
import { invalidParameter, notFound } from './lambda-exception.ts';
import type { OperationRequest } from './operation-request.ts';
import type { Operation } from './operation.ts';
import { page } from './page.ts';
import { RequestBody } from './request-body.ts';

const CONFIG = '/2019-09-25/functions/{FunctionName}/event-invoke-config';

/** What becomes of queued invocations, for a function, a version or an alias. */
export const EVENT_INVOKE_OPERATIONS: readonly Operation[] = [
  {
    name: 'PutFunctionEventInvokeConfig',
    method: 'PUT',
    path: CONFIG,
    run: (request, account) => {
      const place = existingPlace(request, account);
      return keep(place, { ...NOTHING_SET, ...readChange(request) }, account);
    },
  },
  {
    name: 'UpdateFunctionEventInvokeConfig',
    method: 'POST',
    path: CONFIG,
    run: (request, account) => {
      const place = existingPlace(request, account);
      const change = readChange(request);
      return keep(place, { ...requireConfig(place), ...change }, account);
    },
  },
  {
    name: 'GetFunctionEventInvokeConfig',
    method: 'GET',
    path: CONFIG,
    run: (request, account) => {
      const place = placeOf(request, account);
      return { status: 200, body: shape(place, requireConfig(place)) };
    },
  },
  {
    name: 'DeleteFunctionEventInvokeConfig',
    method: 'DELETE',
    path: CONFIG,
    run: (request, account) => {
      const place = placeOf(request, account);
      requireConfig(place);
      place.fn.attachments.eventInvokeConfigs.delete(place.qualifier);
      return { status: 204 };
    },
  },
  {
    name: 'ListFunctionEventInvokeConfigs',
    method: 'GET',
    path: `${CONFIG}/list`,
    run: (request, account) => {
      const fn = account.findUnqualified(request);
      const shapes = [...fn.attachments.eventInvokeConfigs].map(([qualifier, config]) =>
        shape({ fn, qualifier }, config),
      );
      const { items, next } = page(shapes, request.query);
      return { status: 200, body: { FunctionEventInvokeConfigs: items, ...next } };
    },
  },
];

const NOTHING_SET = {
  maximumRetryAttempts: null,
  maximumEventAgeSeconds: null,
  onFailure: null,
  onSuccess: null,
};

type Settings = Omit<EventInvokeConfig, 'modifiedAtMs'>;

interface Place {
  readonly fn: EmbeddedFunction;
  readonly qualifier: string;
}

function placeOf(request: OperationRequest, account: EmbeddedAccount): Place {
  const { fn, qualifier } = account.find(request);
  return { fn, qualifier: qualifier ?? '$LATEST' };
}

function existingPlace(request: OperationRequest, account: EmbeddedAccount): Place {
  const place = placeOf(request, account);
  const { fn, qualifier } = place;
  const exists =
    qualifier === '$LATEST' ||
    fn.versions.find(qualifier) !== undefined ||
    fn.aliases.find(qualifier) !== undefined;
  if (!exists) throw notFound("The function doesn't exist.");
  return place;
}

function requireConfig({ fn, qualifier }: Place): EventInvokeConfig {
  const config = fn.attachments.eventInvokeConfigs.get(qualifier);
  if (config !== undefined) return config;
  throw notFound(`The function ${fn.arn}:${qualifier} doesn't have an EventInvokeConfig`);
}

/** Tells what a request says; what it does not say is absent. */
function readChange(request: OperationRequest): Partial<Settings> {
  const body = RequestBody.parse(request.body);
  body.refuseOthers(
    ['MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'DestinationConfig'],
    'an event invoke configuration',
  );
  const retries = body.integer('MaximumRetryAttempts');
  const age = body.integer('MaximumEventAgeInSeconds');
  const destinations = body.object('DestinationConfig');
  new Constraints()
    .range('maximumRetryAttempts', retries, 0, 2)
    .range('maximumEventAgeInSeconds', age, 60, 21_600)
    .check();
  if (retries === null && age === null && destinations === null) {
    throw invalidParameter(
      'You must specify at least one of error handling or destination setting.',
    );
  }
  return {
    ...(retries === null ? {} : { maximumRetryAttempts: retries }),
    ...(age === null ? {} : { maximumEventAgeSeconds: age }),
    ...(destinations === null
      ? {}
      : {
          onFailure: destinations.object('OnFailure')?.string('Destination') ?? null,
          onSuccess: destinations.object('OnSuccess')?.string('Destination') ?? null,
        }),
  };
}

function keep(
  place: Place,
  settings: Settings,
  account: EmbeddedAccount,
): { readonly status: number; readonly body: Readonly<Record<string, unknown>> } {
  const config = { ...settings, modifiedAtMs: account.settings.now() };
  place.fn.attachments.eventInvokeConfigs.set(place.qualifier, config);
  return { status: 200, body: shape(place, config) };
}

function shape(
  { fn, qualifier }: Place,
  config: EventInvokeConfig,
): Readonly<Record<string, unknown>> {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onFailure, onSuccess } = config;
  return {
    // Seconds since the epoch, as timestamps in JSON are.
    LastModified: config.modifiedAtMs / 1000,
    FunctionArn: `${fn.arn}:${qualifier}`,
    ...(maximumRetryAttempts === null ? {} : { MaximumRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAgeSeconds === null
      ? {}
      : { MaximumEventAgeInSeconds: maximumEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccess === null ? {} : { Destination: onSuccess },
      OnFailure: onFailure === null ? {} : { Destination: onFailure },
    },
  };
}
