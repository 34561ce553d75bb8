import { REGION_PATTERN } from '../../contract/shared/region.ts';

/** A function as people name it, taken apart. */
export interface ParsedFunctionRef {
  /** Name or ARN without a qualifier: what AWS's calls take. */
  readonly functionName: string;
  readonly qualifier: string | null;
  /** From a full ARN; `null` where the name does not say. */
  readonly region: string | null;
}

const NAME = '[a-zA-Z0-9-_]{1,64}';
const QUALIFIER = String.raw`(?::(\$LATEST|[a-zA-Z0-9-_]{1,128}))?`;
const PLAIN = new RegExp(`^(${NAME})${QUALIFIER}$`);
const PARTIAL_ARN = new RegExp(String.raw`^(\d{12}:function:${NAME})${QUALIFIER}$`);
const ARN = new RegExp(
  String.raw`^(arn:aws[a-z-]*:lambda:(${REGION_PATTERN}):\d{12}:function:${NAME})${QUALIFIER}$`,
);

/** Takes a function's name, partial ARN or ARN apart; `null` when it is none of them. */
export function parseFunctionRef(text: string): ParsedFunctionRef | null {
  const arn = ARN.exec(text);
  if (arn !== null) {
    const [, functionName = '', region = '', qualifier] = arn;
    return { functionName, region, qualifier: qualifier ?? null };
  }
  // The beginning of an ARN is none, though "arn" could be a name and "aws" an alias.
  if (text.startsWith('arn:')) return null;
  const plain = PLAIN.exec(text) ?? PARTIAL_ARN.exec(text);
  if (plain === null) {
    return null;
  }
  const [, functionName = '', qualifier] = plain;
  return { functionName, region: null, qualifier: qualifier ?? null };
}
