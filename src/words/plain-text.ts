/**
 * Names, reasons and messages come from users' code and from AWS. Control characters could drive the
 * terminal, bidirectional marks could reorder a line, a line break could forge one: all become spaces.
 */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Halves of surrogate pairs and the two code points that XML forbids. */
const BROKEN = /[\p{Cs}\ufffe\uffff]/gu;

/** Returns the text on one line, with nothing in it that does more than be read. */
export function printableText(text: string): string {
  return text.replace(UNPRINTABLE, ' ').replace(BROKEN, '\ufffd');
}

/** Returns the same without spaces around it. */
export function plainText(text: string): string {
  return printableText(text).trim();
}
