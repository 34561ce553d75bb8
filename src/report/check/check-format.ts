/** How a check can be written to a file, by the end of its name. */
export const CHECK_FORMATS = {
  '.json': 'json',
  '.md': 'markdown',
  '.xml': 'junit',
  '.html': 'html',
} as const;

export type CheckFormat = (typeof CHECK_FORMATS)[keyof typeof CHECK_FORMATS];

/** Returns the format that a path asks for; `null` where its ending names none. */
export function checkFormat(path: string): CheckFormat | null {
  const lower = path.toLowerCase();
  const found = Object.entries(CHECK_FORMATS).find(([extension]) => lower.endsWith(extension));
  return found?.[1] ?? null;
}
