/** What was asked for was stopped by its signal. */
export abstract class Aborted<Result> extends Error {
  override readonly name = 'AbortError';
  /** What had been measured by then; `null` where that was nothing. */
  readonly result: Result | null;

  constructor(message: string, result: Result | null, cause: unknown) {
    super(message, { cause });
    this.result = result;
  }
}
