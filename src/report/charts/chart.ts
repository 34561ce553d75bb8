import type { Markup } from '../markup/element.ts';

/** A drawing with everything that stands in for it where it cannot be seen. */
export interface Chart {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the drawing shows, in words and numbers. */
  readonly description: string;
  /** How to read it, for everybody. */
  readonly caption: string;
  readonly svg: Markup;
  /** The numbers that are drawn. */
  readonly table: ChartTable;
}

export interface ChartTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
