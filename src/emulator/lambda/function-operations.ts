import {
  latestShape,
  listedLatestShape,
  listedVersionShape,
  versionShape,
} from './configuration-shape.ts';
import type { EmbeddedFunction } from './embedded-function.ts';
import { readConfigurationChange } from './configuration-change.ts';
import { functionNotFound, invalidParameter, notFound } from './lambda-exception.ts';
import type { Operation } from './operation.ts';
import { page } from './page.ts';
import { RequestBody } from './request-body.ts';

/** Reading, changing and deleting functions. */
export const FUNCTION_OPERATIONS: readonly Operation[] = [
  {
    name: 'ListFunctions',
    method: 'GET',
    path: '/2015-03-31/functions',
    run: ({ query }, account) => {
      const all = query.get('FunctionVersion') === 'ALL';
      const shapes = account
        .functions()
        .flatMap((fn) => [
          all ? listedLatestShape(fn) : { ...listedLatestShape(fn), FunctionArn: fn.arn },
          ...(all ? fn.versions.all().map((version) => listedVersionShape(fn, version)) : []),
        ]);
      const { items, next } = page(shapes, query);
      return { status: 200, body: { Functions: items, ...next } };
    },
  },
  {
    name: 'GetFunction',
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}',
    run: (request, account) => {
      const { fn, qualifier } = account.find(request);
      const { reservedConcurrency } = fn;
      return {
        status: 200,
        body: {
          Configuration: configuration(fn, qualifier),
          // There is no package to download: the code runs where it is.
          Code: { RepositoryType: 'Embedded' },
          ...(reservedConcurrency === null
            ? {}
            : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
        },
      };
    },
  },
  {
    name: 'GetFunctionConfiguration',
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}/configuration',
    run: (request, account) => {
      const { fn, qualifier } = account.find(request);
      return { status: 200, body: configuration(fn, qualifier) };
    },
  },
  {
    name: 'UpdateFunctionConfiguration',
    method: 'PUT',
    path: '/2015-03-31/functions/{FunctionName}/configuration',
    run: (request, account) => {
      const fn = account.findUnqualified(request);
      const body = RequestBody.parse(request.body);
      const change = readConfigurationChange(body, fn.definition, account.settings.maxMemoryMb);
      fn.update(change, body.string('RevisionId'), request.updateFailure);
      return { status: 200, body: latestShape(fn, null) };
    },
  },
  {
    name: 'DeleteFunction',
    method: 'DELETE',
    path: '/2015-03-31/functions/{FunctionName}',
    run: (request, account) => {
      const { fn, qualifier } = account.find(request);
      if (qualifier === null) {
        account.remove(fn);
      } else if (qualifier === '$LATEST') {
        throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
      } else if (!/^\d+$/.test(qualifier)) {
        throw invalidParameter('Deletion of aliases is not currently supported.');
      } else {
        fn.deleteVersion(qualifier);
      }
      return { status: 204 };
    },
  },
];

/** Returns the configuration that a qualifier names: $LATEST, a version, or the version behind an alias. */
function configuration(
  fn: EmbeddedFunction,
  qualifier: string | null,
): Readonly<Record<string, unknown>> {
  if (qualifier === null || qualifier === '$LATEST') return latestShape(fn, qualifier);
  const alias = fn.aliases.find(qualifier);
  if (alias?.version === '$LATEST') return latestShape(fn, qualifier);
  const version = fn.versions.find(alias?.version ?? qualifier);
  if (version !== undefined) return versionShape(fn, version, qualifier);
  throw /^\d+$/.test(qualifier)
    ? functionNotFound(`${fn.arn}:${qualifier}`)
    : notFound(`Cannot find alias arn: ${fn.arn}:${qualifier}`);
}
