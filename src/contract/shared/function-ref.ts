/** A function, or one version or alias of it. */
export interface FunctionRef {
  /** Name or ARN, unqualified. */
  readonly functionName: string;
  /** A version or alias; absent means $LATEST. */
  readonly qualifier?: string;
}
