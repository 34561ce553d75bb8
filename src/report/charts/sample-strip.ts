import type { Result } from '../../contract/tune/result.ts';
import { memoryText } from '../../words/format/memory.ts';
import type { Chart } from './chart.ts';
import { samplesBySize } from './samples.ts';
import { stripChart } from './strip-chart.ts';

/** Returns every observation of a result, a row for each size. */
export function sampleStrip(result: Result): Chart | null {
  const sizes = samplesBySize(result) ?? [];
  return stripChart(
    'samples',
    'Memory',
    sizes.map(({ memoryMb, ...samples }) => ({ name: memoryText(memoryMb), ...samples })),
  );
}
