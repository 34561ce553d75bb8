import path from 'node:path';
import type { ParsedTemplate } from '../document/parse-document.ts';
import { architectureOf, logFormatOf, variablesOf } from '../settings.ts';
import {
  LAMBDA_DEFAULTS,
  type Project,
  type ProjectFunction,
  type ProjectTerms,
} from '../project-function.ts';
import type { ProjectFiles } from '../project-files.ts';
import {
  isRecord,
  valueIfKnown,
  member,
  numberOf,
  recordsOf,
  textOf,
  type Raw,
  wordOf,
} from '../values/value.ts';
import { codeOf, layersOf } from './code.ts';
import { withGlobals } from './globals.ts';
import { templateNotices } from './notices.ts';
import { conditionHolds, resolve } from './resolve.ts';
import { scopeOf, type Scope } from './scope.ts';
import { triggersOf } from './triggers.ts';

const FUNCTION_TYPES: ReadonlySet<Raw | undefined> = new Set([
  'AWS::Lambda::Function',
  'AWS::Serverless::Function',
]);

/** Functions that CDK puts beside those of its user: log retention, custom resources, bucket notifications. */
const CDK_HELPER =
  /CustomResourceProviderHandler|^LogRetention[0-9a-f]{32}|^BucketNotificationsHandler|^CustomCDKBucketDeployment|^AWS679f53fac002430cb0da5b7982bd2287|frameworkon(Event|Timeout|IsComplete)/;

/** Reads the functions of a SAM or CloudFormation template, of a SAM build, or of CDK's output. */
export function readCloudFormation(
  template: ParsedTemplate,
  files: ProjectFiles,
  terms: ProjectTerms,
): { readonly project: Project; readonly problems: readonly string[] } {
  const { raw, file } = template;
  const { scope, problems } = scopeOf(raw, terms);
  const resources = recordsOf(raw['Resources']).filter(([, each]) =>
    FUNCTION_TYPES.has(each['Type']),
  );
  const left: string[] = [];
  const functions = resources.flatMap(([name, resource]) => {
    if (isLeftOut(resource, scope)) {
      left.push(
        `${name} is left out: its condition ${wordOf(resource['Condition'])} does not hold.`,
      );
      return [];
    }
    return [functionOf(name, resource, { template, scope, files })];
  });
  const notices = [...templateNotices(raw, scope), ...left];
  return {
    project: { format: 'cloudformation', file, defaults: LAMBDA_DEFAULTS, functions, notices },
    problems,
  };
}

interface Surroundings {
  readonly template: ParsedTemplate;
  readonly scope: Scope;
  readonly files: ProjectFiles;
}

function functionOf(
  resource: string,
  own: { readonly [key: string]: Raw },
  { template, scope, files }: Surroundings,
): ProjectFunction {
  const isSam = own['Type'] === 'AWS::Serverless::Function';
  const written = own['Properties'];
  const base = written !== undefined && isRecord(written) ? written : {};
  const properties = isSam ? withGlobals(base, template.raw) : base;
  const of = (...names: readonly string[]) => resolve(member(properties, ...names), scope);
  const place = { scope, files, file: path.resolve(template.file) };
  return {
    resource,
    otherNames: otherNames(resource, own),
    name: valueIfKnown(textOf(of('FunctionName'))),
    line: template.lineOf(['Resources', resource]),
    runtime: textOf(of('Runtime')),
    handler: textOf(of('Handler')),
    code: codeOf(own, properties, place),
    layers: layersOf(properties, template.raw, place),
    memoryMb: numberOf(of('MemorySize')),
    timeoutSeconds: numberOf(of('Timeout')),
    architecture: architectureOf(of('Architectures')),
    logFormat: logFormatOf(of('LoggingConfig', 'LogFormat')),
    ephemeralStorageMb: numberOf(of('EphemeralStorage', 'Size')),
    ...variablesOf(of('Environment', 'Variables')),
    triggers: triggersOf(resource, properties, template.raw, scope),
    build: null,
    isHelper: CDK_HELPER.test(resource),
  };
}

function isLeftOut(resource: { readonly [key: string]: Raw }, scope: Scope): boolean {
  const condition = resource['Condition'];
  return typeof condition === 'string' && conditionHolds(condition, scope) === false;
}

/** A construct's path, and a logical id without the eight characters that CDK adds. */
function otherNames(resource: string, own: { readonly [key: string]: Raw }): readonly string[] {
  const constructPath = member(own, 'Metadata', 'aws:cdk:path');
  if (typeof constructPath !== 'string') return [];
  const plain = constructPath.replace(/\/Resource$/, '');
  return [plain, plain.split('/').at(-1) ?? plain, resource.replace(/[0-9A-F]{8}$/, '')];
}
