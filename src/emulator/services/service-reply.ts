/** An answer of any service. */
export interface ServiceReply {
  readonly status: number;
  /** Content-Type is `application/json` unless one stands here. */
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: Buffer | Readonly<Record<string, unknown>>;
}
