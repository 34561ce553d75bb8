import type { Result } from '../../contract/tune/result.ts';
import { memoryText } from '../../words/format/memory.ts';
import { trafficText } from '../../words/result/traffic.ts';
import type { Chart } from './chart.ts';
import { capitalise, durationBars, STEP, type Bars } from './duration-bars.ts';
import { samplesBySize } from './samples.ts';

/** Real calls and those of this run at the present size, in the same steps. `null` where nothing is known of real calls. */
export function trafficBars(result: Result): Chart | null {
  const { history, current } = result;
  if (history === undefined || history === null || current.memoryMb === null) return null;
  const own = samplesBySize(result)?.find(({ memoryMb }) => memoryMb === current.memoryMb);
  return durationBars(
    {
      id: 'traffic',
      title: `Your calls at ${memoryText(current.memoryMb)}`,
      caption: `${capitalise(trafficText(result) ?? '')}. How many calls took up to so long, in steps of 10 %; each row by its own highest bar.`,
    },
    [
      { name: 'real, warm', bars: history.durations.warm, className: 'pd-used' },
      { name: 'real, cold', bars: history.durations.cold, className: 'pd-caller' },
      { name: 'this run, warm', bars: stepsOf(own?.warmMs ?? []), className: 'pd-used' },
      { name: 'this run, cold', bars: stepsOf(own?.coldMs ?? []), className: 'pd-caller' },
    ],
  );
}

/** Returns the same steps that history counts in, each by the longest that it holds. */
function stepsOf(valuesMs: readonly number[]): Bars {
  const steps = new Map<number, { readonly ms: number; readonly count: number }>();
  for (const ms of valuesMs.toSorted((a, b) => a - b)) {
    const step = Math.floor(Math.log(ms) / Math.log(STEP));
    steps.set(step, { ms, count: (steps.get(step)?.count ?? 0) + 1 });
  }
  return [...steps.values()];
}
