import { type Markup, fragment } from '../markup/element.ts';
import { type PlotArea, label, line } from './drawing.ts';
import { placeLabels } from './label-places.ts';
import type { Scale } from './scales.ts';
import { durationTick } from './tick-text.ts';

/** Durations along the bottom, with a line up for each and its name as far as there is room. */
export function durationAxis(x: Scale, area: PlotArea, name: string): Markup {
  const y = area.bottom + 18;
  const ticks = x.ticks.map((tick) => ({ at: x.at(tick), text: durationTick(tick) }));
  const places = placeLabels(
    ticks.map(({ at, text }) => ({ text, places: [{ x: at, y, anchor: 'middle' as const }] })),
    { left: area.left - 40, right: area.right + 40, top: area.bottom, bottom: area.bottom + 40 },
  );
  return fragment(
    line('pd-axis', area.left, area.bottom, area.right, area.bottom),
    ...ticks.flatMap(({ at, text }, index) => [
      line('pd-grid', at, area.top, at, area.bottom),
      places[index] === null ? null : label('pd-label', at, y, text, 'middle'),
    ]),
    label('pd-label', area.right, area.bottom + 36, name, 'end'),
  );
}
