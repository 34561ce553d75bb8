/** The Node runtime that is followed, by `AWS_EXECUTION_ENV`: 24 for `AWS_Lambda_nodejs24.x`. */
export const RUNTIME_MAJOR = Number(
  /nodejs(\d+)/.exec(process.env['AWS_EXECUTION_ENV'] ?? '')?.[1] ?? 0,
);

/** Up to Node 22 a handler may answer by a callback or by its context. */
export const TAKES_CALLBACKS = RUNTIME_MAJOR < 24;
