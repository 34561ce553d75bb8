import { isList, isRecord, member, recordsOf, textOf, type Raw } from '../values/value.ts';
import { resolve } from './resolve.ts';
import type { Scope } from './scope.ts';

/** Transforms that change nothing about which functions there are, once SAM's own resources are read. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  'AWS::Serverless-2016-10-31',
  'AWS::LanguageExtensions',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
  'AWS::CodeDeployBlueGreen',
]);

const NESTED: ReadonlySet<Raw | undefined> = new Set([
  'AWS::CloudFormation::Stack',
  'AWS::Serverless::Application',
]);

/** Names what of a template is not read: nested stacks, macros and transforms, and loops. */
export function templateNotices(
  template: { readonly [key: string]: Raw },
  scope: Scope,
): readonly string[] {
  const resources = template['Resources'];
  const keys = resources !== undefined && isRecord(resources) ? Object.keys(resources) : [];
  return [
    ...transformsOf(template)
      .filter((name) => !UNDERSTOOD.has(name))
      .map(
        (name) => `The transform ${name} is not carried out: what it adds or changes is not read.`,
      ),
    ...keys
      .filter((key) => key.startsWith('Fn::'))
      .map((key) => `${key} is not carried out: the resources that it makes are not read.`),
    ...recordsOf(resources)
      .filter(([, each]) => NESTED.has(each['Type']))
      .map(([name, each]) => nestedText(name, each, scope)),
  ];
}

function transformsOf(template: { readonly [key: string]: Raw }): readonly string[] {
  const transform = template['Transform'];
  const all = isList(transform) ? transform : [transform];
  return all.flatMap((each) => {
    const name = each !== undefined && isRecord(each) ? each['Name'] : each;
    return typeof name === 'string' ? [name] : [];
  });
}

function nestedText(name: string, resource: { readonly [key: string]: Raw }, scope: Scope): string {
  const place = textOf(
    resolve(
      member(resource, 'Properties', 'Location') ?? member(resource, 'Properties', 'TemplateURL'),
      scope,
    ),
  );
  const isHere = typeof place === 'string' && !place.includes('://') && !place.includes('{');
  return `${name} is a nested stack, whose functions are not read here${isHere ? `: --template ${place} reads them` : ''}.`;
}
