/** What goes with an error beside its name and message. */
export interface ErrorExtra {
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer other than success; each service puts it into its own form. */
export class ServiceError extends Error {
  readonly status: number;
  /** The exception's name in the API model. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Members of the error's body beside its name and message. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, extra: ErrorExtra = {}) {
    super(message);
    this.name = code;
    this.status = status;
    this.code = code;
    this.headers = extra.headers ?? {};
    this.body = extra.body ?? {};
  }
}
