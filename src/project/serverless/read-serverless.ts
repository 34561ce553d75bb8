import path from 'node:path';
import { resolve } from '../cloudformation/resolve.ts';
import { scopeOf, type Scope } from '../cloudformation/scope.ts';
import type { ParsedTemplate } from '../document/parse-document.ts';
import { elsewhere, placeOf } from '../place-of.ts';
import type { ProjectFiles } from '../project-files.ts';
import type {
  Project,
  ProjectCode,
  ProjectFunction,
  ProjectLayer,
  ProjectTerms,
} from '../project-function.ts';
import { architectureOf, logFormatOf, variablesOf } from '../settings.ts';
import {
  isList,
  isRecord,
  valueIfKnown,
  member,
  numberOf,
  recordsOf,
  textOf,
  Unknown,
  type Raw,
} from '../values/value.ts';
import { serverlessTriggers } from './serverless-triggers.ts';
import { ServerlessVariables } from './variables.ts';

/** What the framework gives a function where the file says nothing ("Serverless.yml Reference", 2026-11). */
const DEFAULTS = { memoryMb: 1024, timeoutSeconds: 6 };

/** Reads the functions of a serverless.yml. */
export function readServerless(
  template: ParsedTemplate,
  files: ProjectFiles,
  terms: ProjectTerms,
): { readonly project: Project; readonly problems: readonly string[] } {
  const { raw, file } = template;
  const folder = path.dirname(path.resolve(file));
  const variables = new ServerlessVariables(raw, folder, files, terms);
  const filledProvider = variables.fill(raw['provider']);
  const provider = filledProvider !== undefined && isRecord(filledProvider) ? filledProvider : {};
  const resources = resourcesOf(variables.fill(raw['resources']));
  const { scope } = scopeOf(resources, { ...terms, parameters: {} });
  const vendor = typeof raw['provider'] === 'string' ? raw['provider'] : provider['name'];
  const problems = [
    ...(vendor === 'aws' || vendor === undefined
      ? []
      : [`${file}: wanted a service on AWS, its provider is ${textOrOdd(vendor)}`]),
    ...unusedParameters(template.text, Object.keys(terms.parameters)),
  ];
  const filled = variables.fill(raw['functions']);
  const service = {
    raw,
    provider,
    layers: variables.fill(raw['layers']),
    folder,
    stage: variables.stage,
  };
  const functions = recordsOf(joinMaps(filled)).map(([name, own]) =>
    functionOf(name, own, { template, service, scope, files }),
  );
  const project: Project = {
    format: 'serverless',
    file,
    defaults: DEFAULTS,
    functions,
    notices: noticesOf(raw, filled),
  };
  return { project, problems };
}

interface Service {
  readonly raw: { readonly [key: string]: Raw };
  readonly provider: { readonly [key: string]: Raw };
  readonly layers: Raw | undefined;
  readonly folder: string;
  readonly stage: string;
}

interface Surroundings {
  readonly template: ParsedTemplate;
  readonly service: Service;
  readonly scope: Scope;
  readonly files: ProjectFiles;
}

function functionOf(
  resource: string,
  own: { readonly [key: string]: Raw },
  { template, service, scope, files }: Surroundings,
): ProjectFunction {
  const { provider } = service;
  const of = (name: string) => resolve(own[name] ?? provider[name], scope);
  const ours = variablesOf(resolve(own['environment'], scope));
  const shared = variablesOf(resolve(provider['environment'], scope));
  const name = textOf(resolve(own['name'], scope));
  const deployed = `${textOrOdd(service.raw['service'])}-${service.stage}-${resource}`;
  return {
    resource,
    otherNames: [deployed],
    name: valueIfKnown(name),
    line: template.lineOf(['functions', resource]),
    runtime: textOf(of('runtime')),
    handler: textOf(of('handler')),
    code: codeOf(own, service, files),
    layers: layersOf(own['layers'] ?? provider['layers'], service, files),
    memoryMb: numberOf(of('memorySize')),
    timeoutSeconds: numberOf(of('timeout')),
    architecture: architectureOf(of('architecture')),
    logFormat: logFormatOf(resolve(member(provider, 'logs', 'lambda', 'logFormat'), scope)),
    ephemeralStorageMb: numberOf(of('ephemeralStorageSize')),
    environment: {
      ...without(shared.environment, ours.unset),
      ...ours.environment,
    },
    unset: [
      ...shared.unset.filter(({ name: each }) => ours.environment[each] === undefined),
      ...ours.unset,
    ].filter((each, index, all) => all.findIndex((one) => one.name === each.name) === index),
    triggers: serverlessTriggers(own, scope),
    build: null,
    isHelper: false,
  };
}

function without(
  variables: Readonly<Record<string, string>>,
  unset: readonly { readonly name: string }[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !unset.some((each) => each.name === name)),
  );
}

function codeOf(
  own: { readonly [key: string]: Raw },
  { raw, folder }: Service,
  files: ProjectFiles,
): ProjectCode {
  if (own['image'] !== undefined)
    return elsewhere('it is a container image, which is not run here');
  const artifact = member(own['package'], 'artifact') ?? member(raw['package'], 'artifact');
  if (typeof artifact === 'string') return placeOf(path.resolve(folder, artifact), artifact, files);
  return { kind: 'folder', folder };
}

function layersOf(
  layers: Raw | undefined,
  { layers: declared, folder }: Service,
  files: ProjectFiles,
): readonly ProjectLayer[] {
  if (!isList(layers)) return [];
  return layers.map((raw) => {
    const id = member(raw, 'Ref');
    // The framework names a layer's resource after its key: `lib` becomes LibLambdaLayer.
    const found = recordsOf(declared).find(
      ([name]) =>
        typeof id === 'string' &&
        id.toLowerCase() === `${name.replaceAll(/[-_]/g, '')}LambdaLayer`.toLowerCase(),
    );
    const place = found?.[1]['path'];
    return typeof place === 'string'
      ? placeOf(path.resolve(folder, place), place, files)
      : elsewhere('a layer is on AWS, and not in this file');
  });
}

/** `functions` may be a list of maps, each from a file of its own. */
function joinMaps(functions: Raw | undefined): Raw {
  if (!isList(functions)) return functions ?? {};
  return Object.assign({}, ...functions.filter(isRecord)) as Raw;
}

/** `resources` may be a list, too; what it adds to CloudFormation counts as its resources. */
function resourcesOf(raw: Raw | undefined): { readonly [key: string]: Raw } {
  const parts = isList(raw) ? raw : [raw ?? {}];
  const all = parts.flatMap((part) => recordsOf(member(part, 'Resources')));
  return { Resources: Object.fromEntries(all) };
}

function noticesOf(
  raw: { readonly [key: string]: Raw },
  functions: Raw | undefined,
): readonly string[] {
  const parts = isList(functions) ? functions : [functions];
  return [
    ...parts.flatMap((each) =>
      each instanceof Unknown ? [`Some functions are not read: ${each.why}.`] : [],
    ),
    ...(recordsOf(isList(functions) ? {} : (functions ?? {})).length === 0 &&
    functions !== undefined &&
    isRecord(functions)
      ? Object.entries(functions).flatMap(([name, each]) =>
          each instanceof Unknown ? [`The function ${name} is not read: ${each.why}.`] : [],
        )
      : []),
    ...(raw['services'] === undefined
      ? []
      : ['A compose file names services; the functions of each are in its own serverless.yml.']),
  ];
}

function unusedParameters(text: string, given: readonly string[]): readonly string[] {
  return given
    .filter(
      (name) =>
        name !== 'stage' && !text.includes(`opt:${name}`) && !text.includes(`param:${name}`),
    )
    .map((name) => `--parameter: the file has neither \${opt:${name}} nor \${param:${name}}`);
}

function textOrOdd(raw: Raw | undefined): string {
  const text = raw !== undefined && isRecord(raw) ? raw['name'] : raw;
  return typeof text === 'string' ? text : 'service';
}
