import { Constraints } from './constraints.ts';
import type { EmbeddedFunction } from './embedded-function.ts';
import type { Alias } from './function-aliases.ts';
import { invalidParameter, validation } from './lambda-exception.ts';
import type { OperationRequest } from './operation-request.ts';
import type { Operation } from './operation.ts';
import { page } from './page.ts';
import { RequestBody } from './request-body.ts';

const ALIASES = '/2015-03-31/functions/{FunctionName}/aliases';

export const ALIAS_OPERATIONS: readonly Operation[] = [
  {
    name: 'CreateAlias',
    method: 'POST',
    path: ALIASES,
    run: (request, account) => {
      const fn = account.findUnqualified(request);
      const body = RequestBody.parse(request.body);
      const name = requireName(body.string('Name'));
      const change = readChange(body, fn, ['Name', 'FunctionVersion', 'Description']);
      if (change.version === undefined) {
        throw validation(
          "1 validation error detected: Value null at 'functionVersion' failed to satisfy constraint: Member must not be null",
        );
      }
      const alias = fn.aliases.create({
        name,
        version: change.version,
        description: change.description ?? '',
        second: change.second ?? null,
      });
      return { status: 201, body: shape(fn, alias) };
    },
  },
  {
    name: 'ListAliases',
    method: 'GET',
    path: ALIASES,
    run: (request, account) => {
      const fn = account.findUnqualified(request);
      const version = request.query.get('FunctionVersion');
      const aliases = fn.aliases
        .all()
        .filter((alias) => version === null || alias.version === version);
      const { items, next } = page(aliases, request.query);
      return { status: 200, body: { Aliases: items.map((alias) => shape(fn, alias)), ...next } };
    },
  },
  {
    name: 'GetAlias',
    method: 'GET',
    path: `${ALIASES}/{Name}`,
    run: (request, account) => {
      const fn = account.findUnqualified(request);
      return { status: 200, body: shape(fn, fn.aliases.get(nameInPath(request))) };
    },
  },
  {
    name: 'UpdateAlias',
    method: 'PUT',
    path: `${ALIASES}/{Name}`,
    run: (request, account) => {
      const fn = account.findUnqualified(request);
      const body = RequestBody.parse(request.body);
      const change = readChange(body, fn, ['RevisionId', 'FunctionVersion', 'Description']);
      const alias = fn.aliases.update(nameInPath(request), change, body.string('RevisionId'));
      return { status: 200, body: shape(fn, alias) };
    },
  },
  {
    name: 'DeleteAlias',
    method: 'DELETE',
    path: `${ALIASES}/{Name}`,
    run: (request, account) => {
      account.findUnqualified(request).deleteAlias(nameInPath(request));
      return { status: 204 };
    },
  },
];

function shape(fn: EmbeddedFunction, alias: Alias): Readonly<Record<string, unknown>> {
  const { second } = alias;
  return {
    AliasArn: `${fn.arn}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RevisionId: alias.revisionId,
    ...(second === null
      ? {}
      : { RoutingConfig: { AdditionalVersionWeights: { [second.version]: second.weight } } }),
  };
}

function nameInPath(request: OperationRequest): string {
  return request.params['Name'] ?? '';
}

function requireName(name: string | null): string {
  // A number would be taken for a version.
  if (name !== null && /^(?!\d+$)[a-zA-Z0-9-_]{1,128}$/.test(name)) return name;
  throw validation(
    `1 validation error detected: Value '${name ?? 'null'}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)`,
  );
}

/** Tells what a request says about an alias; what it does not say is absent. */
function readChange(
  body: RequestBody,
  fn: EmbeddedFunction,
  known: readonly string[],
): Partial<Pick<Alias, 'version' | 'description' | 'second'>> {
  body.refuseOthers([...known, 'RoutingConfig'], 'an alias');
  const version = body.string('FunctionVersion');
  const description = body.string('Description');
  new Constraints().length('description', description, 256).check();
  const second = readSecond(body.object('RoutingConfig'));
  if (version !== null) fn.requireVersion(version);
  if (second !== null && second !== undefined) fn.requireVersion(second.version);
  return {
    ...(version === null ? {} : { version }),
    ...(description === null ? {} : { description }),
    ...(second === undefined ? {} : { second }),
  };
}

/** An empty RoutingConfig takes the second version away; an absent one leaves it. */
function readSecond(routing: RequestBody | null): Alias['second'] | undefined {
  if (routing === null) return undefined;
  const weights = Object.entries(routing.numbers('AdditionalVersionWeights') ?? {});
  if (weights.length > 1) {
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1');
  }
  const [entry] = weights;
  if (entry === undefined) return null;
  const [version, weight] = entry;
  const value = `Value '{${version}=${Number.isInteger(weight) ? weight.toFixed(1) : weight}}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint:`;
  const constraints = new Constraints();
  if (!/^\d+$/.test(version)) {
    constraints.problem(
      `${value} Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+, Member must not be null]`,
    );
  }
  if (weight < 0 || weight > 1) {
    constraints.problem(
      `${value} Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]`,
    );
  }
  constraints.check();
  return { version, weight };
}
