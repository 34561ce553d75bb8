import path from 'node:path';
import type { ProjectFiles } from '../project-files.ts';
import {
  LAMBDA_DEFAULTS,
  type Project,
  type ProjectFunction,
  type ProjectTerms,
} from '../project-function.ts';
import { architectureOf, logFormatOf } from '../settings.ts';
import {
  isList,
  isRecord,
  valueIfKnown,
  member,
  numberOf,
  textOf,
  Unknown,
  type Raw,
  type Value,
} from '../values/value.ts';
import { planCode, planLayers } from './plan-code.ts';
import { plannedResources, type PlannedResource } from './planned-resources.ts';
import { planTriggers } from './plan-triggers.ts';

type Plan = { readonly [key: string]: Raw };

/**
 * Reads the functions of a Terraform plan (`terraform show -json tfplan`; "JSON Output Format", Terraform
 * documentation, format version 1, 2026-11).
 */
export function readPlan(
  plan: Plan,
  file: string,
  files: ProjectFiles,
  { parameters }: ProjectTerms,
): { readonly project: Project; readonly problems: readonly string[] } {
  const resources = plannedResources(plan);
  const functions = resources
    .filter(({ type, mode }) => type === 'aws_lambda_function' && mode === 'managed')
    .map((each) =>
      functionOf(each, { plan, resources, folder: path.dirname(path.resolve(file)), files }),
    );
  const problems = [
    ...(Object.keys(parameters).length === 0
      ? []
      : [
          '--parameter: a Terraform plan is made with its variables; give them to terraform plan -var',
        ]),
    ...(plan['planned_values'] === undefined
      ? [
          `${file}: wanted a plan, it is a state, which lacks the configuration: terraform plan -out tfplan && terraform show -json tfplan > plan.json`,
        ]
      : []),
  ];
  return {
    project: { format: 'terraform', file, defaults: LAMBDA_DEFAULTS, functions, notices: [] },
    problems,
  };
}

interface Surroundings {
  readonly plan: Plan;
  readonly resources: readonly PlannedResource[];
  readonly folder: string;
  readonly files: ProjectFiles;
}

function functionOf(resource: PlannedResource, surroundings: Surroundings): ProjectFunction {
  const of = (...names: readonly string[]): Value => settingOf(resource, names);
  return {
    resource: resource.address,
    otherNames: [
      resource.address.replace(/^(?:.*\.)?aws_lambda_function\./, ''),
      ...namesOfModule(resource),
    ],
    name: valueIfKnown(textOf(of('function_name'))),
    line: null,
    runtime: textOf(of('runtime')),
    handler: textOf(of('handler')),
    code: planCode(resource, surroundings),
    layers: planLayers(resource, surroundings),
    memoryMb: numberOf(of('memory_size')),
    timeoutSeconds: numberOf(of('timeout')),
    architecture: architectureOf(of('architectures')),
    logFormat: logFormatOf(of('logging_config', '0', 'log_format')),
    ephemeralStorageMb: numberOf(of('ephemeral_storage', '0', 'size')),
    ...variables(resource),
    triggers: planTriggers(resource, surroundings.plan, surroundings.resources),
    build: null,
    isHelper: false,
  };
}

/** `module.orders.aws_lambda_function.this[0]` is the function of the module `orders`. */
function namesOfModule({ address }: PlannedResource): readonly string[] {
  const [, module] = /^module\.([^.]+)\.aws_lambda_function\.[^.]+$/.exec(address) ?? [];
  return module === undefined ? [] : [module, `module.${module}`];
}

/** Returns a planned value; what is known only after the plan is carried out stays `Unknown`. */
function settingOf({ values, unknown }: PlannedResource, path: readonly string[]): Value {
  const isLater = path.some((_, index) => at(unknown, path.slice(0, index + 1)) === true);
  if (isLater) return new Unknown('it is known only after the plan is applied');
  return at(values, path);
}

function at(raw: Raw | undefined, path: readonly string[]): Raw | undefined {
  return path.reduce<Raw | undefined>(
    (from, key) => (isList(from) ? from[Number(key)] : member(from, key)),
    raw,
  );
}

/** Variables that Terraform marks as sensitive are left unset: a plan has them as they are. */
function variables(resource: PlannedResource): Pick<ProjectFunction, 'environment' | 'unset'> {
  const { values, unknown, sensitive } = resource;
  const place = ['environment', '0', 'variables'];
  const isLater = place.some((_, index) => at(unknown, place.slice(0, index + 1)) === true);
  if (isLater) {
    return {
      environment: {},
      unset: [{ name: 'all variables', why: 'they are known only after the plan is applied' }],
    };
  }
  const isSecret = (name: string): boolean =>
    [...place, name].some(
      (_, index) => at(sensitive, [...place, name].slice(0, index + 1)) === true,
    );
  const plain = at(values, place);
  const later = at(unknown, place);
  const laterNames =
    later !== undefined && isRecord(later)
      ? Object.keys(later).filter((name) => later[name] === true)
      : [];
  const own = plain !== undefined && isRecord(plain) ? Object.entries(plain) : [];
  return {
    environment: Object.fromEntries(
      own.flatMap(([name, value]) =>
        typeof value === 'string' && !isSecret(name) ? [[name, value]] : [],
      ),
    ),
    unset: [
      ...own
        .filter(([name]) => isSecret(name))
        .map(([name]) => ({ name, why: 'Terraform marks it as sensitive' })),
      ...laterNames.map((name) => ({ name, why: 'it is known only after the plan is applied' })),
    ],
  };
}
