import { isList, type Json } from '../../contract/shared/json.ts';

/** A CloudFormation template, as far as filling it in goes. */
export interface Template {
  readonly AWSTemplateFormatVersion: string;
  readonly Transform?: string;
  readonly Description: string;
  readonly Metadata?: { readonly [name: string]: Json };
  readonly Parameters?: { readonly [name: string]: Json };
  readonly Resources: Resources;
  readonly Outputs: { readonly [name: string]: Json };
}

export type Resources = { readonly [logicalId: string]: Resource };

export interface Resource {
  readonly Type: string;
  readonly Properties: Properties;
  readonly [attribute: string]: Json;
}

export type Properties = { readonly [name: string]: Json };

/** Changes the properties of every resource of a type. */
export function changeResources(
  resources: Resources,
  type: string,
  change: (properties: Properties, logicalId: string) => Properties,
): Resources {
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [
      id,
      resource.Type === type
        ? { ...resource, Properties: change(resource.Properties, id) }
        : resource,
    ]),
  );
}

/** Returns the resources that are kept, in their order. */
export function keepResources(
  resources: Resources,
  keep: (resource: Resource, logicalId: string) => boolean,
): Resources {
  return Object.fromEntries(
    Object.entries(resources).filter(([id, resource]) => keep(resource, id)),
  );
}

/** Returns the value with every text in it changed, those of keys left as they are. */
export function changeTexts<T extends Json>(value: T, change: (text: string) => string): T {
  const changed = (each: Json): Json => {
    if (typeof each === 'string') return change(each);
    if (isList(each)) return each.map(changed);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, changed(inner)]));
  };
  return changed(value) as T;
}

/** Returns a bucket whose objects expire after so many days: a number, or a reference to one. */
export function expireAfter(bucket: Properties, days: Json): Properties {
  const { Rules: rules } = bucket['LifecycleConfiguration'] as {
    readonly Rules: readonly Properties[];
  };
  return {
    ...bucket,
    LifecycleConfiguration: { Rules: rules.map((rule) => ({ ...rule, ExpirationInDays: days })) },
  };
}
