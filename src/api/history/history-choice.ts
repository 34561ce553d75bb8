/** Which functions a history is of, where they are not named one by one. */
export interface HistoryChoice {
  /** All functions of the region. */
  readonly all?: boolean;
  /** `key=value`, repeatable: all of them must be there. */
  readonly tag?: readonly string[];
  /** With `*` for anything. */
  readonly name?: string;
}
