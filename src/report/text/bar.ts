/** Eighths of a block, from nothing to seven. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * Returns a bar of that share of the width. What is more than nothing shows at least the thinnest bar.
 *
 * @param share from 0 to 1; what lies outside is cut
 */
export function bar(share: number, width: number, unicode: boolean): string {
  const clamped = Math.min(Math.max(share, 0), 1);
  if (!unicode) return '#'.repeat(Math.max(Math.round(clamped * width), clamped > 0 ? 1 : 0));
  const eighths = Math.max(Math.round(clamped * width * 8), clamped > 0 ? 1 : 0);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}
