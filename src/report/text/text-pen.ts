import pc from 'picocolors';
import type { TextStyle } from '../text-style.ts';
import { asciiText } from './ascii.ts';
import type { Paint } from './table.ts';
import { wrapText } from './wrap.ts';

/** Narrower than this nothing can be laid out: lines are made for this width and the terminal wraps them. */
const NARROWEST = 24;

/** Wider lines are hard to read, whatever the terminal offers. */
const WIDEST = 120;

/** Everything that depends on the terminal, for the parts of a text to share. */
export interface TextPen {
  readonly columns: number;
  readonly unicode: boolean;
  /** The characters that the terminal knows. Before anything is measured. */
  readonly styled: (text: string) => string;
  /** Styled, and wrapped to the width behind an indent. */
  readonly wrapped: (text: string, indent: number) => string[];
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly careful: Paint;
  readonly accent: Paint;
}

export function textPen({ colour, unicode, columns }: TextStyle): TextPen {
  const colours = pc.createColors(colour);
  const width = Math.min(Math.max(Math.floor(columns), NARROWEST), WIDEST);
  const styled = (text: string) => (unicode ? text : asciiText(text));
  return {
    columns: width,
    unicode,
    styled,
    wrapped: (text, indent) => wrapText(styled(text), width - indent),
    bold: colours.bold,
    dim: colours.dim,
    good: colours.green,
    careful: colours.yellow,
    accent: colours.cyan,
  };
}
