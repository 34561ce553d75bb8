/** What is known of a request before it is carried out. */
export interface InterceptedRequest {
  /** The operation's name in the API: `Invoke`, `PublishVersion`. */
  readonly operation: string;
  /** As the path has it: a name or an ARN; `null` where the operation has none. */
  readonly functionName: string | null;
  readonly qualifier: string | null;
  readonly body: Buffer;
}

/** What happens instead of an answer. */
export type Fault =
  /** An error in the API's form; nothing was done. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection breaks: `before` anything was done, or `after` it was done, unanswered. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' };

/** Looks at every request and may put a fault in its way: the seam for tests of bad days. */
export type Intercept = (request: InterceptedRequest) => Fault | undefined;
