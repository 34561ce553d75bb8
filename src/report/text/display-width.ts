/** Takes no column of its own: combining marks, joiners, variation selectors. */
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** Takes two columns: East Asian wide characters and emoji. */
const DOUBLE_WIDTH =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1b000}-\u{1b2ff}\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}])$/u;

function charWidth(char: string): number {
  if (char >= ' ' && char <= '~') return 1;
  if (ZERO_WIDTH.test(char)) return 0;
  return DOUBLE_WIDTH.test(char) ? 2 : 1;
}

/** Tells how many columns of a terminal the text takes; it must hold no escape sequences. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** As much of the beginning as fits into that many columns. */
export function headOf(text: string, columns: number): string {
  let width = 0;
  let head = '';
  for (const char of text) {
    width += charWidth(char);
    if (width > columns) return head;
    head += char;
  }
  return head;
}

/** Returns the text if it fits, else as many of its words as do, with an ellipsis. */
export function truncateAtWord(text: string, columns: number): string {
  const cut = truncate(text, columns);
  return cut === text ? text : cut.replace(/\s\S*…$/u, ' …');
}

/** Returns the text if it fits, else its beginning with an ellipsis. */
export function truncate(text: string, columns: number, unicode = true): string {
  if (displayWidth(text) <= columns) return text;
  const ellipsis = unicode ? '…' : '...';
  return columns < ellipsis.length
    ? headOf(text, columns)
    : `${headOf(text, columns - ellipsis.length)}${ellipsis}`;
}
