import { changeStatements, documentOf, type Statement } from './expand-statements.ts';
import type { Resource, Resources } from './template.ts';

/**
 * IAM allows 10,240 characters in the inline policies of a role, 6,144 in a managed policy, and ten managed
 * policies to a role (IAM guide, "IAM and AWS STS quotas", 2026-11). CDK spreads from the same sizes on.
 */
const MOST_INLINE = 10_000;
const MOST_MANAGED = 6_000;
const MOST_POLICIES = 10;

/** A role would need more policies than IAM allows it. */
export class TooManyPolicies extends Error {
  override readonly name = 'TooManyPolicies';
}

/**
 * Moves statements that are too many for a role's inline policy into managed policies of that role.
 *
 * @throws {TooManyPolicies}
 */
export function spreadPolicies(resources: Resources): Resources {
  const overflows = new Map<string, readonly (readonly [string, Resource])[]>();
  for (const [id, policy] of Object.entries(resources)) {
    if (policy.Type === 'AWS::IAM::Policy') overflows.set(id, overflowOf(id, policy));
  }
  return Object.fromEntries(
    Object.entries(resources).flatMap(([id, resource]) => {
      const more = overflows.get(id) ?? [];
      return [
        [id, afterOverflows(more.length > 0 ? keepInline(resource) : resource, overflows)],
        ...more,
      ];
    }),
  );
}

function overflowOf(id: string, policy: Resource): readonly (readonly [string, Resource])[] {
  const { Statement: statements, ...document } = documentOf(policy.Properties);
  const [, ...more] = packStatements(statements);
  if (more.length > MOST_POLICIES) throw new TooManyPolicies(id);
  return more.map((part, index) => {
    const properties = {
      Description: `Statements that ${id} has no room for`,
      PolicyDocument: { ...document, Statement: part },
      Roles: policy.Properties['Roles'] ?? [],
    };
    return [
      `${id}Overflow${index + 1}`,
      { Type: 'AWS::IAM::ManagedPolicy', Properties: properties },
    ] as const;
  });
}

/** Keeps the first part of a role's statements in its inline policy. */
function keepInline(policy: Resource): Resource {
  const [first = []] = packStatements(documentOf(policy.Properties).Statement);
  return { ...policy, Properties: changeStatements(policy.Properties, () => first) };
}

/** Makes whatever waits for a role's inline policy wait for its managed policies as well. */
function afterOverflows(
  resource: Resource,
  overflows: ReadonlyMap<string, readonly (readonly [string, Resource])[]>,
): Resource {
  const { DependsOn: before } = resource;
  if (!Array.isArray(before)) return resource;
  const after = (before as readonly string[]).flatMap((id) => [
    id,
    ...(overflows.get(id) ?? []).map(([overflow]) => overflow),
  ]);
  return { ...resource, DependsOn: after };
}

/** The statements of the inline policy, then those of each managed one. */
function packStatements(statements: readonly Statement[]): readonly (readonly Statement[])[] {
  const parts: Statement[][] = [[]];
  let size = 0;
  for (const statement of statements) {
    const length = lengthOf(statement);
    const most = parts.length === 1 ? MOST_INLINE : MOST_MANAGED;
    if (size + length > most) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(statement);
    size += length;
  }
  return parts;
}

/** In the document that IAM counts, where the longest region and partition stand in the ARNs. */
function lengthOf(statement: Statement): number {
  return JSON.stringify(statement)
    .replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, '$1')
    .replaceAll('${AWS::Partition}', 'aws-us-gov')
    .replaceAll('${AWS::Region}', 'ap-southeast-1')
    .replaceAll('${AWS::AccountId}', '123456789012').length;
}
