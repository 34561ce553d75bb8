import type { Result } from '../../contract/tune/result.ts';
import { memoryText } from '../../words/format/memory.ts';
import { type Markup, element, fragment } from '../markup/element.ts';
import { OUTCOME_WORDS } from '../../words/result/outcome.ts';
import { type PlotArea, label, line } from './drawing.ts';
import type { Scale } from './scales.ts';
import { type SizePoint, extremes } from './size-points.ts';

/** Sizes without numbers: a cross on the axis, with what became of them. */
export function diedMarks(
  result: Result,
  points: readonly SizePoint[],
  x: Scale,
  area: PlotArea,
): Markup {
  const drawn = new Set(points.map(({ memoryMb }) => memoryMb));
  const died = result.sizes.filter(({ memoryMb }) => !drawn.has(memoryMb));
  return fragment(
    ...died.map(({ memoryMb, outcome }) =>
      element(
        'g',
        {},
        element('title', {}, `${memoryText(memoryMb)}: ${OUTCOME_WORDS[outcome]}`),
        element('path', {
          class: 'pd-died',
          d: `M${Math.round(x.at(memoryMb)) - 5},${area.bottom - 13}l10,10m0,-10l-10,10`,
        }),
      ),
    ),
  );
}

/** A size that is named above the plot, with a line down through it. */
export interface Signpost {
  readonly memoryMb: number;
  readonly word: string;
  readonly kind: 'best' | 'now';
}

/** The recommended size and the current one. */
export function resultSignposts(points: readonly SizePoint[]): readonly Signpost[] {
  return points.flatMap(({ memoryMb, recommended, current }) => [
    ...(recommended ? [{ memoryMb, word: 'recommended', kind: 'best' as const }] : []),
    ...(current ? [{ memoryMb, word: 'current', kind: 'now' as const }] : []),
  ]);
}

/** Height of the lines that signposts take above a plot. */
export const SIGNPOST_HEIGHT = 19;

/**
 * Says above the plot, on a line of its own each, where sizes that matter are: posts of one kind share theirs.
 *
 * @param area the upper panel; the posts go down to `bottom`
 */
export function signposts(
  posts: readonly Signpost[],
  x: Scale,
  area: PlotArea,
  bottom: number,
): Markup {
  return fragment(
    ...posts.flatMap(({ memoryMb, word, kind }) => {
      const at = x.at(memoryMb);
      const y = kind === 'best' ? 16 : 16 + SIGNPOST_HEIGHT;
      // Text stands on the side of the line that has more room.
      const anchor = at > (area.left + area.right) / 2 ? 'end' : 'start';
      const textX = at + (anchor === 'end' ? -7 : 7);
      return [
        line(`pd-post pd-post-${kind}`, at, y - 10, at, bottom),
        label(`pd-label pd-label-${kind}`, textX, y, `${word}: ${memoryText(memoryMb)}`, anchor),
      ];
    }),
  );
}

/** Costs that count as good as the cheapest, where the goal says how much more that may be. */
export function toleranceBand(
  result: Result,
  points: readonly SizePoint[],
  { area, y }: { readonly area: PlotArea; readonly y: Scale },
): Markup | null {
  const best = extremes(points);
  if (result.input.goal.kind !== 'best-value' || best === null) return null;
  const cheapest = best.cheapest.cost.mean;
  const top = Math.max(y.at(cheapest * (1 + result.input.goal.tolerance)), area.top);
  const band = {
    x: area.left,
    y: top,
    width: area.right - area.left,
    height: y.at(cheapest) - top,
  };
  return element('rect', { class: 'pd-band', ...band });
}
