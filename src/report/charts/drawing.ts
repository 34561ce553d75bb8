import { type Child, type Markup, element } from '../markup/element.ts';

/** Where data is drawn, in the units of the drawing. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The frame of every drawing: scales with the page, and reads out its title and description. */
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

/** @param anchor which part of the text stands at x */
export function label(
  className: string,
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): Markup {
  return element(
    'text',
    { class: className, x, y, 'text-anchor': anchor === 'start' ? null : anchor },
    text,
  );
}
