import { type Markup, fragment } from '../markup/element.ts';
import { type PlotArea, label, line } from './drawing.ts';
import { placeLabels } from './label-places.ts';
import { type Scale, logScale } from './scales.ts';

/** Memory doubles along this axis; all sizes of a run are on it, also those without numbers. */
export function memoryScale(memorySizesMb: readonly number[], area: PlotArea): Scale {
  return logScale(memorySizesMb, [area.left + 14, area.right - 14], 0);
}

/**
 * Names sizes below the plot as far as there is room: those that matter, the ends, then the others.
 *
 * @param important the one that matters most first
 */
export function memoryAxis(
  memorySizesMb: readonly number[],
  important: readonly number[],
  x: Scale,
  area: PlotArea,
): Markup {
  const ends = [Math.min(...memorySizesMb), Math.max(...memorySizesMb)];
  const order = [...new Set([...important, ...ends, ...memorySizesMb])];
  const y = area.bottom + 18;
  const places = placeLabels(
    order.map((memoryMb) => ({
      text: String(memoryMb),
      places: [{ x: x.at(memoryMb), y, anchor: 'middle' as const }],
    })),
    { left: area.left - 40, right: area.right + 40, top: 0, bottom: area.bottom + 40 },
  );
  const ticks = order.flatMap((memoryMb, index) => {
    const at = x.at(memoryMb);
    const tick = line('pd-tick', at, area.bottom, at, area.bottom + 4);
    return places[index] === null || places[index] === undefined
      ? [tick]
      : [tick, label('pd-label', at, y, String(memoryMb), 'middle')];
  });
  return fragment(
    line('pd-axis', area.left, area.bottom, area.right, area.bottom),
    ...ticks,
    label('pd-label', area.right, area.bottom + 36, 'memory, MB', 'end'),
  );
}

/** Lines across the plot with their values on the left. */
export function valueAxis(y: Scale, area: PlotArea, text: (value: number) => string): Markup {
  return fragment(
    ...y.ticks.flatMap((tick) => {
      const at = y.at(tick);
      return [
        line('pd-grid', area.left, at, area.right, at),
        label('pd-label', area.left - 8, at + 4, text(tick), 'end', area.left - 8),
      ];
    }),
  );
}
