import { functionOrAlias, type AttachmentPlace } from './attachment-place.ts';
import { Constraints } from './constraints.ts';
import type { FunctionUrl } from './function-attachments.ts';
import { conflict, notFound } from './lambda-exception.ts';
import type { Operation } from './operation.ts';
import { page } from './page.ts';
import { RequestBody } from './request-body.ts';

const URL_PATH = '/2021-10-31/functions/{FunctionName}/url';

/** Function URLs: what is configured of them. Nobody listens there. */
export const URL_OPERATIONS: readonly Operation[] = [
  {
    name: 'CreateFunctionUrlConfig',
    method: 'POST',
    path: URL_PATH,
    run: (request, account) => {
      const place = functionOrAlias(request, account);
      const body = RequestBody.parse(request.body);
      body.refuseOthers(['AuthType', 'InvokeMode'], 'CreateFunctionUrlConfig');
      const authType = body.string('AuthType');
      const invokeMode = body.string('InvokeMode');
      new Constraints()
        .oneOf('authType', authType, ['NONE', 'AWS_IAM'])
        .oneOf('invokeMode', invokeMode, ['BUFFERED', 'RESPONSE_STREAM'])
        .check();
      const { urls } = place.fn.attachments;
      if (urls.has(place.qualifier)) {
        throw conflict(
          `Failed to create function url config for [functionArn = ${place.arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
        );
      }
      const url: FunctionUrl = {
        urlId: account.settings.ids.newId().replaceAll('-', ''),
        authType: authType === 'NONE' ? 'NONE' : 'AWS_IAM',
        invokeMode: invokeMode === 'RESPONSE_STREAM' ? 'RESPONSE_STREAM' : 'BUFFERED',
        createdAtMs: account.settings.now(),
      };
      urls.set(place.qualifier, url);
      return { status: 201, body: shape(place, url) };
    },
  },
  {
    name: 'GetFunctionUrlConfig',
    method: 'GET',
    path: URL_PATH,
    run: (request, account) => {
      const place = functionOrAlias(request, account);
      return { status: 200, body: shape(place, requireUrl(place)) };
    },
  },
  {
    name: 'DeleteFunctionUrlConfig',
    method: 'DELETE',
    path: URL_PATH,
    run: (request, account) => {
      const place = functionOrAlias(request, account);
      requireUrl(place);
      place.fn.attachments.urls.delete(place.qualifier);
      return { status: 204 };
    },
  },
  {
    name: 'ListFunctionUrlConfigs',
    method: 'GET',
    path: `${URL_PATH}s`,
    run: (request, account) => {
      const fn = account.findUnqualified(request);
      const urls = [...fn.attachments.urls].map(([qualifier, url]) => {
        const arn = qualifier === '$LATEST' ? fn.arn : `${fn.arn}:${qualifier}`;
        return shape({ fn, qualifier, arn }, url);
      });
      const { items, next } = page(urls, request.query);
      return { status: 200, body: { FunctionUrlConfigs: items, ...next } };
    },
  },
];

function requireUrl(place: AttachmentPlace): FunctionUrl {
  const url = place.fn.attachments.urls.get(place.qualifier);
  if (url === undefined) throw notFound('The resource you requested does not exist.');
  return url;
}

function shape(place: AttachmentPlace, url: FunctionUrl): Readonly<Record<string, unknown>> {
  const region = place.fn.arn.split(':')[3] ?? '';
  const time = new Date(url.createdAtMs).toISOString();
  return {
    FunctionUrl: `https://${url.urlId}.lambda-url.${region}.on.aws/`,
    FunctionArn: place.arn,
    AuthType: url.authType,
    InvokeMode: url.invokeMode,
    CreationTime: time,
    LastModifiedTime: time,
  };
}
