import { nearest } from '../../contract/shared/nearest.ts';
import type { ProjectTerms } from '../project-function.ts';
import {
  isRecord,
  member,
  recordsOf,
  Unknown,
  wordOf,
  type Raw,
  type Value,
} from '../values/value.ts';

/** What a CloudFormation template's functions can refer to. */
export interface Scope {
  readonly parameters: ReadonlyMap<string, Value>;
  readonly pseudo: ReadonlyMap<string, Value>;
  readonly mappings: Raw | undefined;
  readonly conditions: Raw | undefined;
  readonly resources: ReadonlySet<string>;
}

/**
 * Returns what a template can refer to, with the stand-ins of SAM's command line for what only a stack has
 * (samcli/lib/intrinsic_resolver/intrinsics_symbol_table.py of aws-sam-cli, read in 2026-11).
 */
export function scopeOf(
  template: { readonly [key: string]: Raw },
  { parameters, region }: ProjectTerms,
): { readonly scope: Scope; readonly problems: readonly string[] } {
  const declared = recordsOf(template['Parameters']);
  const scope: Scope = {
    parameters: new Map(
      declared.map(([name, each]) => [name, parameterValue(name, each, parameters[name])]),
    ),
    pseudo: pseudoParameters(region),
    mappings: template['Mappings'],
    conditions: template['Conditions'],
    resources: new Set(recordsOf(template['Resources']).map(([name]) => name)),
  };
  const names = declared.map(([name]) => name);
  const problems = [
    ...unknownParameters(Object.keys(parameters), names),
    ...declared.flatMap(([name, each]) => disallowed(name, each, parameters[name])),
  ];
  return { scope, problems };
}

/** Tells which given parameters the template does not have. Values are in no message. */
export function unknownParameters(
  given: readonly string[],
  names: readonly string[],
): readonly string[] {
  return given
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = nearest(name, names);
      const known = names.length === 0 ? 'none' : names.join(', ');
      return `--parameter: the template has no parameter ${name}; it has ${known}${meant === null ? '' : `; did you mean ${meant}?`}`;
    });
}

function parameterValue(
  name: string,
  declared: { readonly [key: string]: Raw },
  given: string | undefined,
): Value {
  const type = wordOf(member(declared, 'Type'));
  const value = given ?? member(declared, 'Default');
  if (given === undefined && type.startsWith('AWS::SSM::Parameter::Value')) {
    return new Unknown(
      `the parameter ${name} is read from Systems Manager; --parameter ${name}=… says it`,
    );
  }
  if (value === undefined || value === null) {
    return new Unknown(`the parameter ${name} has no default; --parameter ${name}=… says it`);
  }
  const text = isRecord(value) || Array.isArray(value) ? JSON.stringify(value) : wordOf(value);
  return type.startsWith('List<') || type === 'CommaDelimitedList'
    ? text.split(',').map((each) => each.trim())
    : text;
}

function disallowed(
  name: string,
  declared: { readonly [key: string]: Raw },
  given: string | undefined,
): readonly string[] {
  const allowed = declared['AllowedValues'];
  if (given === undefined || !Array.isArray(allowed) || allowed.map(String).includes(given)) {
    return [];
  }
  return [
    `--parameter ${name}: wanted one of the template's AllowedValues (${allowed.join(', ')})`,
  ];
}

function pseudoParameters(region: string): ReadonlyMap<string, Value> {
  const isChina = region.startsWith('cn-');
  const partition = isChina ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return new Map<string, Value>([
    ['AWS::Region', region],
    ['AWS::AccountId', '123456789012'],
    ['AWS::StackName', 'local'],
    [
      'AWS::StackId',
      `arn:${partition}:cloudformation:${region}:123456789012:stack/local/51af3dc0-da77-11e4-872e-1234567db123`,
    ],
    ['AWS::Partition', partition],
    ['AWS::URLSuffix', isChina ? 'amazonaws.com.cn' : 'amazonaws.com'],
    ['AWS::NotificationARNs', new Unknown('AWS::NotificationARNs is known to a stack only')],
    ['AWS::NoValue', undefined],
  ]);
}
