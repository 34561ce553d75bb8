import type { RequestBody } from './request-body.ts';

/** A statement of a resource policy, as GetPolicy tells it. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | { readonly Service: string } | { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Returns the statement that AddPermission makes of its request. */
export function policyStatement(body: RequestBody, resource: string): PolicyStatement {
  const condition = conditions(body);
  return {
    Sid: body.string('StatementId') ?? '',
    Effect: 'Allow',
    Principal: principalOf(body.string('Principal') ?? ''),
    Action: body.string('Action') ?? '',
    Resource: resource,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

function principalOf(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') return '*';
  if (/\.amazonaws\.com(\.cn)?$/.test(principal)) return { Service: principal };
  return {
    AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal,
  };
}

function conditions(body: RequestBody): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const equals = present({
    'AWS:SourceAccount': body.string('SourceAccount'),
    'aws:PrincipalOrgID': body.string('PrincipalOrgID'),
    'lambda:EventSourceToken': body.string('EventSourceToken'),
    'lambda:FunctionUrlAuthType': body.string('FunctionUrlAuthType'),
  });
  const like = present({ 'AWS:SourceArn': body.string('SourceArn') });
  return {
    ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }),
    ...(Object.keys(like).length === 0 ? {} : { ArnLike: like }),
  };
}

function present(
  values: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
}
