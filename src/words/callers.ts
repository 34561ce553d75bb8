import { isKeyOf } from '../contract/shared/keys-of.ts';
import type { ApiKind, Trigger } from '../contract/shared/trigger.ts';
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
  return isKeyOf(SERVICES, source) ? (SERVICES[source] ?? source) : source;
}

/**
 * Tells how long a caller waits, as far as one number can say: API Gateway's 29 s are the default of REST
 * APIs, which may be raised for Regional and private ones, and HTTP APIs wait 30 s ("Quotas for configuring
 * and running a REST API" and "… an HTTP API in API Gateway", 2026-11).
 */
export function waitText(source: string, maxSeconds: number, kind: ApiKind | null = null): string {
  return source === 'apigateway'
    ? apiWaitText(maxSeconds, kind)
    : `waits ${secondsText(maxSeconds)} at most`;
}

const RAISED = 'more where the limit of a Regional or private one was raised';

function apiWaitText(maxSeconds: number, kind: ApiKind | null): string {
  const seconds = secondsText(maxSeconds);
  switch (kind) {
    case 'rest':
      return `(a REST API) waits ${seconds}, ${RAISED}`;
    case 'http':
      return `(an HTTP API) waits ${seconds} at most`;
    case 'websocket':
      return `(a WebSocket API) waits ${seconds} at most`;
    case null:
      return `usually waits ${seconds} (a REST API whose limit was not raised; an HTTP API waits ${secondsText(30)})`;
  }
}

/** ` (arn:…)`; empty where none is known. */
export function arnText(arn: string | null): string {
  return arn === null ? '' : ` (${arn})`;
}
