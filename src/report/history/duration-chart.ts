import type { FunctionHistory } from '../../contract/history/history.ts';
import { durationText } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import type { Chart } from '../charts/chart.ts';
import { durationBars, type DurationMark } from '../charts/duration-bars.ts';

/**
 * Returns how the durations of a function lie at its present size, with its quantiles and its timeout; `null`
 * where no invocation ended well there.
 *
 * @param place of the function on the page, for an id that no other chart has
 */
export function durationChart(history: FunctionHistory, place: number): Chart | null {
  const { presentMb, durations, sizes, timeout } = history;
  if (presentMb === null) return null;
  const quantiles = sizes.find(({ memoryMb }) => memoryMb === presentMb)?.durationMs;
  const marks: readonly (readonly [string, number | null])[] = [
    ['p50', quantiles?.p50 ?? null],
    ['p99', quantiles?.p99 ?? null],
    ['p99.9', quantiles?.p999 ?? null],
    ['timeout', timeout.presentSeconds === null ? null : timeout.presentSeconds * 1000],
  ];
  return durationBars(
    {
      id: `durations-${place}`,
      title: `Durations at ${memoryText(presentMb)}`,
      caption: `How many calls took up to so long, in steps of 10 %; each row by its own highest bar. Half of the warm ones took up to ${durationText(quantiles?.p50 ?? null)}.`,
    },
    [
      { name: 'warm', bars: durations.warm, className: 'pd-used' },
      { name: 'cold', bars: durations.cold, className: 'pd-caller' },
    ],
    marks.flatMap(([name, ms]): readonly DurationMark[] => (ms === null ? [] : [{ name, ms }])),
  );
}
