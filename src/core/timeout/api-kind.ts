import type { ApiKind, Trigger } from '../../contract/shared/trigger.ts';

/**
 * How long an API waits for its integration ("Quotas for configuring and running a REST API", "… an HTTP API"
 * and "… a WebSocket API in API Gateway", 2026-11). A REST API's may be raised for Regional and private ones.
 */
export const API_MAX_SECONDS: Readonly<Record<ApiKind, number>> = {
  rest: 29,
  http: 30,
  websocket: 29,
};

/**
 * Returns the kind of an API, as far as permissions tell it; `null` where they do not. They name what may
 * call (`arn:aws:execute-api:region:account:api/stage/method/path`): only an HTTP API has a stage `$default`,
 * only a REST API has a `test-invoke-stage`, and only a WebSocket API has routes of a connection ("Control
 * access for invoking an API", API Gateway Developer Guide, 2026-11).
 *
 * @param triggers all of the function: each permission tells of its API, not of itself alone
 */
export function apiKind(arn: string | null, triggers: readonly Trigger[]): ApiKind | null {
  const api = partsOf(arn)[0];
  if (api === undefined || api === '' || api === '*') return null;
  const own = triggers.map((trigger) => partsOf(trigger.arn)).filter(([id]) => id === api);
  if (own.some(([, stage]) => stage === '$default')) return 'http';
  if (own.some(([, stage]) => stage === 'test-invoke-stage')) return 'rest';
  return own.some(([, , route]) => route === '$connect' || route === '$disconnect')
    ? 'websocket'
    : null;
}

function partsOf(arn: string | null): readonly string[] {
  const [, , service, , , ...rest] = (arn ?? '').split(':');
  return service === 'execute-api' ? rest.join(':').split('/') : [];
}
