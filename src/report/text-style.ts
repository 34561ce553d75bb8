/** How text for a terminal may look. The caller decides once, from the stream it writes to. */
export interface TextStyle {
  readonly colour: boolean;
  /** False where the terminal is not UTF-8: everything is then ASCII. */
  readonly unicode: boolean;
  /** Width of the terminal; `Infinity` where there is none. */
  readonly columns: number;
}
