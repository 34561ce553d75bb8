import type { Trigger } from '../contract/shared/trigger.ts';

/**
 * Service principals, and the names that we use for them (Lambda Developer Guide, "Invoking from other
 * services").
 */
const PRINCIPALS: Readonly<Record<string, Trigger['source']>> = {
  apigateway: 'apigateway',
  elasticloadbalancing: 'alb',
  'cognito-idp': 'cognito',
  'cognito-sync': 'cognito',
  lexv2: 'lexv2',
  lex: 'lexv2',
  cloudformation: 'cloudformation',
  codepipeline: 'codepipeline',
  s3: 's3',
  sns: 'sns',
  events: 'events',
  scheduler: 'scheduler',
  iot: 'iot',
  ses: 'ses',
  appsync: 'appsync',
  cloudfront: 'cloudfront',
  edgelambda: 'cloudfront',
  logs: 'logs',
  config: 'config',
  secretsmanager: 'secretsmanager',
};

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Who may invoke a function by its resource policy. A permission is not a use: these are the callers to
 * look after, not proof that they call.
 */
export function policyTriggers(policy: string, unqualified: boolean): readonly Trigger[] {
  const { Statement: statements } = JSON.parse(policy) as { Statement?: readonly Statement[] };
  return (statements ?? [])
    .filter((statement) => statement.Effect === 'Allow')
    .map((statement) => ({
      source: isForUrl(statement) ? 'function-url' : sourceOf(statement.Principal),
      arn: sourceArnOf(statement),
      unqualified,
      visibilityTimeoutSeconds: null,
      batchingWindowSeconds: null,
    }));
}

/**
 * Finds the trigger of a principal such as `{"Service": "s3.amazonaws.com"}`; in China its name ends in
 * `.amazonaws.com.cn`.
 */
function sourceOf(principal: unknown): Trigger['source'] {
  const service = (principal as { Service?: unknown } | null)?.Service;
  const name = typeof service === 'string' ? (service.split('.')[0] ?? '') : '';
  return PRINCIPALS[name] ?? 'other';
}

/** Tells whether a statement allows the callers of a function URL. Its principal is often everybody. */
function isForUrl({ Condition }: Statement): boolean {
  return Object.values(Condition ?? {}).some((operands) =>
    Object.keys(operands).some((key) =>
      /^lambda:(FunctionUrlAuthType|InvokedViaFunctionUrl)$/i.test(key),
    ),
  );
}

function sourceArnOf({ Condition }: Statement): string | null {
  for (const operands of Object.values(Condition ?? {})) {
    for (const [key, value] of Object.entries(operands)) {
      if (/^aws:sourcearn$/i.test(key) && typeof value === 'string') return value;
    }
  }
  return null;
}
