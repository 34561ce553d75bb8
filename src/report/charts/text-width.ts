import { displayWidth } from '../text/display-width.ts';

/** Labels of charts, in units of the drawing. */
export const LABEL_SIZE = 13;

/** So much larger are labels on the page of a small screen, where drawings shrink. */
export const LARGEST_LABEL_SCALE = 1.19;

/** Headings and marked labels are semibold: wider by about so much. */
const BOLD = 1.06;

/**
 * Advance widths of Helvetica in thousandths of the size, for the characters from space to tilde: the
 * metrics that Arial, Liberation Sans and Nimbus Sans share, from Adobe's Core 14 AFM files.
 */
const ADVANCES = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
  556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
  611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
  222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
] as const;

const FIRST = ' '.charCodeAt(0);
const NO_BREAK_SPACE = '\u00a0';
const FIGURE = 556;
const FULL_WIDTH = 1000;

/**
 * Tells how wide a label is drawn, in units of the drawing. It is not measured: `label` makes every font draw
 * it so wide, so that nothing depends on which fonts a reader has.
 */
export function textWidth(text: string, isBold = false): number {
  let thousandths = 0;
  for (const char of text) thousandths += advance(char);
  return (thousandths / 1000) * LABEL_SIZE * (isBold ? BOLD : 1);
}

function advance(char: string): number {
  const known = ADVANCES[(char === NO_BREAK_SPACE ? ' ' : char).charCodeAt(0) - FIRST];
  if (known !== undefined) return known;
  const columns = displayWidth(char);
  return columns === 1 ? FIGURE : columns * (FULL_WIDTH / 2);
}
