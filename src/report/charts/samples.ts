import type { CheckTable } from '../../contract/check/check.ts';
import type { ObservationTable } from '../../contract/shared/observation.ts';
import type { Result } from '../../contract/tune/result.ts';
import { isDrawable } from './scales.ts';

/** What was observed at one size, as far as it can be drawn. */
export interface Samples {
  readonly memoryMb: number;
  readonly warmMs: readonly number[];
  readonly coldMs: readonly number[];
  /** Invocations without a duration: errors, timeouts, out of memory, lost. */
  readonly without: number;
}

function durationsOf(table: ObservationTable, memoryMb: number): Samples {
  const column = (name: ObservationTable['columns'][number]) => table.columns.indexOf(name);
  const [memory, duration, cold, outcome] = [
    column('memoryMb'),
    column('durationMs'),
    column('cold'),
    column('outcome'),
  ];
  const rows = table.rows.filter((row) => row[memory] === memoryMb);
  const drawn = rows.flatMap((row) => {
    const ms = row[duration];
    return row[outcome] === 'ok' && typeof ms === 'number' && isDrawable(ms)
      ? [{ ms, cold: row[cold] === true }]
      : [];
  });
  return {
    memoryMb,
    warmMs: drawn.filter((sample) => !sample.cold).map(({ ms }) => ms),
    coldMs: drawn.filter((sample) => sample.cold).map(({ ms }) => ms),
    without: rows.length - drawn.length,
  };
}

/** Returns the observations by size, `null` where they are compressed: the caller of reports unpacks them. */
export function samplesBySize({ sizes, observations }: Result): readonly Samples[] | null {
  if ('encoding' in observations) return null;
  return sizes
    .map(({ memoryMb }) => memoryMb)
    .toSorted((a, b) => a - b)
    .map((memoryMb) => durationsOf(observations, memoryMb));
}

/** Returns the observations of one side of a check. */
export function samplesOfSide(
  { columns, rows }: CheckTable,
  side: 'base' | 'head',
): Omit<Samples, 'memoryMb'> {
  const column = (name: CheckTable['columns'][number]) => columns.indexOf(name);
  const [sideAt, duration, cold, outcome] = [
    column('side'),
    column('durationMs'),
    column('cold'),
    column('outcome'),
  ];
  const own = rows.filter((row) => row[sideAt] === side);
  const drawn = own.flatMap((row) => {
    const ms = row[duration];
    return row[outcome] === 'ok' && typeof ms === 'number' && isDrawable(ms)
      ? [{ ms, cold: row[cold] === true }]
      : [];
  });
  return {
    warmMs: drawn.filter((sample) => !sample.cold).map(({ ms }) => ms),
    coldMs: drawn.filter((sample) => sample.cold).map(({ ms }) => ms),
    without: own.length - drawn.length,
  };
}
