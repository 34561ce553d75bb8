import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts what cdk-nag's AwsSolutions pack objects to, here and with this reason. */
export function acknowledge(scope: IConstruct, rule: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}

/** Accepts what cdk-nag says of a `*` in a role's policy, where the role has such a policy. */
export function acknowledgeWildcard(scope: IConstruct, resource: string, reason: string): void {
  const text = flat(Stack.of(scope).resolve(resource));
  if (text.includes('*')) acknowledge(scope, `IAM5[Resource::${text}]`, reason);
}

/** CloudFormation's references as cdk-nag spells them: `<AWS::Region>`, `<Key.Arn>`. */
function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const {
    Ref: ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = value as {
    readonly Ref?: string;
    readonly 'Fn::GetAtt'?: readonly [string, string];
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (ref !== undefined) return `<${ref}>`;
  if (attribute !== undefined) return `<${attribute.join('.')}>`;
  return join === undefined ? JSON.stringify(value) : join[1].map(flat).join(join[0]);
}
