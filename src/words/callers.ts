import type { Trigger } from '../contract/shared/trigger.ts';
import { secondsText } from './format/duration.ts';

const SERVICES: Readonly<Partial<Record<Trigger['source'], string>>> = {
  apigateway: 'API Gateway',
  cloudfront: 'CloudFront',
  cognito: 'Cognito',
  lexv2: 'Lex',
  appsync: 'AppSync',
  kafka: 'Kafka',
  codepipeline: 'CodePipeline',
};

/** Tells what waits for a function, as AWS calls it, with its ARN where that is known. */
export function callerText(source: Trigger['source'], arn: string | null): string {
  return `${SERVICES[source] ?? source}${arnText(arn)}`;
}

/** Returns a service by its name, where it is one that is known. */
export function serviceName(source: string): string {
  return Object.hasOwn(SERVICES, source)
    ? (SERVICES[source as Trigger['source']] ?? source)
    : source;
}

/**
 * Tells how long a caller waits, as far as one number can say: API Gateway's 29 s are the default of REST
 * APIs, which may be raised for Regional and private ones, and HTTP APIs wait 30 s ("Quotas for configuring
 * and running a REST API" and "… an HTTP API in API Gateway", 2026-11).
 */
export function waitText(source: string, maxSeconds: number): string {
  return source === 'apigateway'
    ? `usually waits ${secondsText(maxSeconds)} (a REST API whose limit was not raised; an HTTP API waits ${secondsText(30)})`
    : `waits ${secondsText(maxSeconds)} at most`;
}

/** ` (arn:…)`; empty where none is known. */
export function arnText(arn: string | null): string {
  return arn === null ? '' : ` (${arn})`;
}
