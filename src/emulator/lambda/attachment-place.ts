import type { EmbeddedAccount } from './embedded-account.ts';
import type { EmbeddedFunction } from './embedded-function.ts';
import { functionNotFound, notFound, validation } from './lambda-exception.ts';
import type { OperationRequest } from './operation-request.ts';

/** Where something hangs: on a function (`$LATEST`), one of its versions or aliases. */
export interface AttachmentPlace {
  readonly fn: EmbeddedFunction;
  readonly qualifier: string;
  /** With the qualifier where the request had one. */
  readonly arn: string;
}

/** @throws {LambdaException} 404 when there is no such function, version or alias */
export function attachmentPlace(
  request: OperationRequest,
  account: EmbeddedAccount,
): AttachmentPlace {
  const { fn, qualifier } = account.find(request);
  if (qualifier === null || qualifier === '$LATEST') {
    return { fn, qualifier: '$LATEST', arn: qualifier === null ? fn.arn : `${fn.arn}:$LATEST` };
  }
  const arn = `${fn.arn}:${qualifier}`;
  if (/^\d+$/.test(qualifier)) {
    if (fn.versions.find(qualifier) === undefined) throw functionNotFound(arn);
  } else if (fn.aliases.find(qualifier) === undefined) {
    throw notFound(`Cannot find alias arn: ${arn}`);
  }
  return { fn, qualifier, arn };
}

/** For what hangs on functions and aliases and never on versions: function URLs. */
export function functionOrAlias(
  request: OperationRequest,
  account: EmbeddedAccount,
): AttachmentPlace {
  const { qualifier } = account.find(request);
  if (qualifier !== null && /^\d+$/.test(qualifier)) {
    throw validation(
      `1 validation error detected: Value '${qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: (^\\$LATEST$)|((?!^[0-9]+$)([a-zA-Z0-9-_]+))`,
    );
  }
  return attachmentPlace(request, account);
}
