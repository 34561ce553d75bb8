import { isList, type Json } from '../../contract/shared/json.ts';
import type { Deployment } from './deployment.ts';
import { PLACEHOLDERS } from './placeholders.ts';
import type { Properties } from './template.ts';

/** One statement of a policy, as a template has it. */
export type Statement = {
  readonly Sid?: string;
  readonly Resource?: Json;
  readonly [element: string]: Json;
};

/** As `infra/stage-grants.ts` has it: a statement with more could not be moved between policies. */
const MOST_RESOURCES = 20;

/** Puts what was named into each statement; one that is left without a resource is left out. */
export function expandStatements(
  statements: readonly Statement[],
  named: readonly Named[],
): readonly Statement[] {
  return statements.flatMap((statement) => {
    const { Resource: resource } = statement;
    if (resource === undefined) return [statement];
    const before = isList(resource) ? resource : [resource];
    const after = before.flatMap((each) => expandResource(each, named));
    if (after.every((each, index) => each === before[index]) && after.length === before.length) {
      return [statement];
    }
    return chunks(after, MOST_RESOURCES).map((part, index) => ({
      ...statement,
      ...(index === 0 || statement.Sid === undefined
        ? {}
        : { Sid: `${statement.Sid}${index + 1}` }),
      Resource: part.length === 1 ? (part[0] ?? '*') : part,
    }));
  });
}

/** What takes the place of one placeholder: for each name, an ARN made from the placeholder's. */
export interface Named {
  readonly placeholder: string;
  /** From the ARN with the placeholder in it, as the text of `Fn::Sub`. */
  readonly arnsFor: (text: string) => readonly Json[];
}

/** Returns what a deployment names, by placeholder. */
export function listNames(deployment: Deployment): readonly Named[] {
  const lists = [
    [PLACEHOLDERS.function, deployment.functions],
    [PLACEHOLDERS.processor, deployment.processors],
    [PLACEHOLDERS.logGroup, deployment.logGroups],
    [PLACEHOLDERS.payloadBucket, deployment.payloadBuckets],
    [PLACEHOLDERS.queue, deployment.queues],
  ] as const;
  return lists.map(([placeholder, names]) => ({
    placeholder,
    arnsFor: (text) =>
      [...new Set(names)].sort().map((name) => substitution(arnFor(text, placeholder, name))),
  }));
}

function expandResource(resource: Json, named: readonly Named[]): readonly Json[] {
  const text = textOf(resource);
  const found = named.find(({ placeholder }) => text.includes(placeholder));
  return found === undefined ? [resource] : found.arnsFor(text);
}

function textOf(resource: Json): string {
  if (typeof resource === 'string') return resource;
  const { 'Fn::Sub': text } = (resource ?? {}) as { readonly 'Fn::Sub'?: Json };
  return typeof text === 'string' ? text : '';
}

/** A name is of the stack's own account and region; an ARN brings its own. */
function arnFor(text: string, placeholder: string, nameOrArn: string): string {
  if (!nameOrArn.startsWith('arn:')) return text.replace(placeholder, nameOrArn);
  const [, partition = '', service, region = '', account = '', ...rest] = nameOrArn.split(':');
  // A qualifier after the name of a function is left out: versions and aliases belong to the function.
  const name = (service === 'lambda' ? rest[1] : rest[0]) ?? '';
  return text
    .replace('${AWS::Partition}', partition)
    .replace('${AWS::Region}', region)
    .replace('${AWS::AccountId}', account)
    .replace(placeholder, name);
}

function substitution(text: string): Json {
  return text.includes('${') ? { 'Fn::Sub': text } : text;
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Returns a policy's properties with its statements changed. */
export function changeStatements(
  properties: Properties,
  change: (statements: readonly Statement[]) => readonly Statement[],
): Properties {
  const document = documentOf(properties);
  return { ...properties, PolicyDocument: { ...document, Statement: change(document.Statement) } };
}

export type PolicyDocument = {
  readonly Version: string;
  readonly Statement: readonly Statement[];
};

/** Returns the document of a policy, as CDK synthesized it. */
export function documentOf(properties: Properties): PolicyDocument {
  return properties['PolicyDocument'] as PolicyDocument;
}
