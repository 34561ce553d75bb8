/** How a result can be written to a file, by the end of its name. */
export const RESULT_FORMATS = {
  '.json': 'json',
  '.md': 'markdown',
  '.html': 'html',
  '.observations.csv': 'observations-csv',
  '.csv': 'csv',
  '.svg': 'svg',
} as const;

export type ResultFormat = (typeof RESULT_FORMATS)[keyof typeof RESULT_FORMATS];

export type FormatChoice =
  | { readonly kind: 'format'; readonly format: ResultFormat }
  | {
      readonly kind: 'unknown-extension';
      /** With its dot; empty where the name has none. */
      readonly extension: string;
      readonly known: readonly string[];
      /** What was wanted and what is, for people. */
      readonly message: string;
    };

/** Returns the format that a path asks for. Upper and lower case mean the same. */
export function formatFor(path: string): FormatChoice {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const lower = name.toLowerCase();
  // `.observations.csv` stands before `.csv`, which is its end too.
  for (const [extension, format] of Object.entries(RESULT_FORMATS)) {
    if (lower.endsWith(extension)) return { kind: 'format', format };
  }
  const known = Object.keys(RESULT_FORMATS);
  const dot = name.lastIndexOf('.');
  const extension = dot < 0 ? '' : name.slice(dot);
  const is = extension === '' ? 'has no extension' : `ends in ${extension}`;
  return {
    kind: 'unknown-extension',
    extension,
    known,
    message: `cannot tell the format of ${path}: wanted a name ending in ${known.slice(0, -1).join(', ')} or ${known.at(-1) ?? ''}, but it ${is}`,
  };
}
