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

/**
 * Says above the plot, on a line of its own each, where the recommended and the current size are.
 *
 * @param area the upper panel; the posts go down to `bottom`
 */
export function signposts(
  points: readonly SizePoint[],
  x: Scale,
  area: PlotArea,
  bottom: number,
): Markup {
  const posts = points.flatMap((point) => [
    ...(point.recommended ? [{ point, word: 'recommended', y: 16, kind: 'best' }] : []),
    ...(point.current ? [{ point, word: 'current', y: 33, kind: 'now' }] : []),
  ]);
  return fragment(
    ...posts.flatMap(({ point, word, y, kind }) => {
      const at = x.at(point.memoryMb);
      // Text stands on the side of the line that has more room.
      const anchor = at > (area.left + area.right) / 2 ? 'end' : 'start';
      const textX = at + (anchor === 'end' ? -7 : 7);
      return [
        line(`pd-post pd-post-${kind}`, at, y - 10, at, bottom),
        label(
          `pd-label pd-label-${kind}`,
          textX,
          y,
          `${word}: ${memoryText(point.memoryMb)}`,
          anchor,
        ),
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
