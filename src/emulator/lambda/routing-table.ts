import { ACCOUNT_OPERATIONS } from './account-operations.ts';
import { ALIAS_OPERATIONS } from './alias-operations.ts';
import { CODE_OPERATIONS } from './code-operations.ts';
import { EVENT_INVOKE_OPERATIONS } from './event-invoke-operations.ts';
import { EVENT_SOURCE_OPERATIONS } from './event-source-operations.ts';
import { FUNCTION_OPERATIONS } from './function-operations.ts';
import { INVOKE_OPERATION } from './invoke-operation.ts';
import { INVOKE_STREAM_OPERATION } from './invoke-stream-operation.ts';
import { LambdaException, validation } from './lambda-exception.ts';
import type { Operation } from './operation.ts';
import { POLICY_OPERATIONS } from './policy-operations.ts';
import { PROVISIONED_OPERATIONS } from './provisioned-operations.ts';
import { TAG_OPERATIONS } from './tag-operations.ts';
import { URL_OPERATIONS } from './url-operations.ts';
import { VERSION_OPERATIONS } from './version-operations.ts';

/** Every operation that the endpoint has. To add one, add a row; of two with a path, the one that wants a query first. */
const OPERATIONS: readonly Operation[] = [
  INVOKE_OPERATION,
  INVOKE_STREAM_OPERATION,
  ...FUNCTION_OPERATIONS,
  ...VERSION_OPERATIONS,
  ...ALIAS_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...CODE_OPERATIONS,
  ...PROVISIONED_OPERATIONS,
  ...EVENT_INVOKE_OPERATIONS,
  ...EVENT_SOURCE_OPERATIONS,
  ...POLICY_OPERATIONS,
  ...URL_OPERATIONS,
  ...TAG_OPERATIONS,
];

const ROUTES = OPERATIONS.map((operation) => ({ operation, parts: operation.path.split('/') }));

/**
 * Finds the operation of a request by method, path and query, and the parameters in the path.
 *
 * @throws {LambdaException} when there is none
 */
export function route(
  method: string,
  pathname: string,
  query: URLSearchParams,
): { readonly operation: Operation; readonly params: Readonly<Record<string, string>> } {
  // Older clients end some paths with a slash.
  const parts = pathname.replace(/\/$/, '').split('/');
  for (const { operation, parts: pattern } of ROUTES) {
    if (operation.method !== method || pattern.length !== parts.length) continue;
    if (operation.query !== undefined && !query.has(operation.query)) continue;
    const params = match(pattern, parts);
    if (params !== null) return { operation, params };
  }
  const message = `The embedded Lambda endpoint does not have ${method} ${pathname}; it has ${OPERATIONS.map((each) => each.name).join(', ')}.`;
  throw new LambdaException(404, 'UnknownOperationException', message);
}

function match(
  pattern: readonly string[],
  parts: readonly string[],
): Readonly<Record<string, string>> | null {
  const params: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const part = parts[index] ?? '';
    const name = /^\{(.+)\}$/.exec(wanted)?.[1];
    if (name !== undefined) params[name] = decode(part);
    else if (part !== wanted) return null;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw validation(`1 validation error detected: '${part}' in the path is not URL-encoded text`);
  }
}
