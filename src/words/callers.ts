import type { Trigger } from '../contract/shared/trigger.ts';

const SERVICES: Readonly<Partial<Record<Trigger['source'], string>>> = {
  apigateway: 'API Gateway',
  cloudfront: 'CloudFront',
  cognito: 'Cognito',
  lexv2: 'Lex',
  appsync: 'AppSync',
  kafka: 'Kafka',
  codepipeline: 'CodePipeline',
};

/** What waits for a function, as AWS calls it, with its ARN where that is known. */
export function callerText(source: Trigger['source'], arn: string | null): string {
  return `${SERVICES[source] ?? source}${arnText(arn)}`;
}

/** ` (arn:…)`; empty where none is known. */
export function arnText(arn: string | null): string {
  return arn === null ? '' : ` (${arn})`;
}
