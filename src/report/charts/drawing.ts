import { type Child, type Markup, element } from '../markup/element.ts';
import { LARGEST_LABEL_SCALE, textWidth } from './text-width.ts';

/** Where data is drawn, in the units of the drawing. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Returns the frame of every drawing: scales with the page, and reads out its title and description. */
export function drawing(
  chart: { readonly id: string; readonly title: string; readonly description: string },
  size: { readonly width: number; readonly height: number },
  ...children: readonly Child[]
): Markup {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'pd-chart',
      viewBox: `0 0 ${size.width} ${size.height}`,
      role: 'img',
      'aria-labelledby': `${chart.id}-title ${chart.id}-description`,
    },
    element('title', { id: `${chart.id}-title` }, chart.title),
    element('desc', { id: `${chart.id}-description` }, chart.description),
    ...children,
  );
}

export function line(className: string, x1: number, y1: number, x2: number, y2: number): Markup {
  return element('line', { class: className, x1, y1, x2, y2 });
}

/** Classes whose text is semibold. */
const BOLD = /\bpd-(?:heading|label-best|label-now)\b/;

/**
 * A text that is as wide in every font: by `textLength` a wide font is condensed and a narrow one
 * expanded to the width that the layout counts on.
 *
 * @param anchor which part of the text stands at x
 * @param room the most that it may take, also where labels are at their largest
 */
export function label(
  className: string,
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
  room = Infinity,
): Markup {
  const width = Math.min(textWidth(text, BOLD.test(className)), room / LARGEST_LABEL_SCALE);
  return element(
    'text',
    {
      class: className,
      x,
      y,
      'text-anchor': anchor === 'start' ? null : anchor,
      textLength: width > 0 ? width : null,
      lengthAdjust: width > 0 ? 'spacingAndGlyphs' : null,
    },
    // Combining marks alone have no width, and nothing would hold them where they belong.
    width > 0 ? text : '',
  );
}
