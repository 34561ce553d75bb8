import { REGION_PATTERN } from '../../contract/shared/region.ts';
import { invalidParameter, validation } from './lambda-exception.ts';

/** Which function, and which version or alias of it, a request means. */
export interface FunctionReference {
  readonly name: string;
  /** `null`: none was given, which means $LATEST. */
  readonly qualifier: string | null;
  /** `null` where the reference does not say. */
  readonly region: string | null;
  readonly accountId: string | null;
}

// The API model's pattern for NamespacedFunctionName, with names for its parts: a name, a partial ARN
// (123456789012:function:name) or an ARN, each with or without a qualifier.
const REFERENCE = new RegExp(
  String.raw`^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:(?<region>${REGION_PATTERN}):)?(?:(?<accountId>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$`,
);

/**
 * Reads a function name from a path, decoded, together with the request's `Qualifier`.
 *
 * @throws {LambdaException} when it is none, or when the two name different versions
 */
export function parseFunctionReference(text: string, qualifier: string | null): FunctionReference {
  const parts = REFERENCE.exec(text)?.groups;
  const name = parts?.['name'];
  if (name === undefined) {
    throw validation(
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`,
    );
  }
  const inName = parts?.['qualifier'] ?? null;
  if (inName !== null && qualifier !== null && inName !== qualifier) {
    throw invalidParameter(
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  return {
    name,
    qualifier: qualifier ?? inName,
    region: parts?.['region'] ?? null,
    accountId: parts?.['accountId'] ?? null,
  };
}
