import type { Result } from '../../contract/tune/result.ts';
import { isShown } from '../../words/format/missing.ts';
import { percentText } from '../../words/format/percent.ts';
import { plainText } from '../../words/plain-text.ts';
import { isRecommended } from '../../words/result/size-facts.ts';
import { isDrawable } from './scales.ts';

/** A time to be compared with the timeout. */
export interface TimeoutRow {
  readonly text: string;
  readonly ms: number;
  /** The upper end of its interval, where it is an estimate. */
  readonly highMs: number | null;
  readonly kind: 'observed' | 'best' | 'now' | 'caller';
}

interface PossibleRow {
  readonly text: string;
  readonly ms: number | null;
  readonly highMs?: number | null;
  readonly kind: TimeoutRow['kind'];
}

/** Tells what production took at the present size. */
function rowsOfRealCalls({ history, current }: Result): readonly PossibleRow[] {
  const size = history?.sizes.find(({ memoryMb }) => memoryMb === current.memoryMb);
  if (size === undefined) return [];
  return [
    { text: 'real calls p99.9', ms: size.durationMs.p999, kind: 'observed' },
    { text: 'longest real call', ms: size.durationMs.max, kind: 'observed' },
  ];
}

/** Tells how long invocations take at the recommended size, the timeouts, and how long callers wait. */
export function timeoutRows(result: Result): readonly TimeoutRow[] {
  const { timeout, current, input } = result;
  const size = result.sizes.find((candidate) => isRecommended(result, candidate));
  const seconds = (value: number | null) => (value === null ? null : value * 1000);
  const rows: readonly PossibleRow[] = [
    { text: 'warm p50', ms: size?.durationMs.p50 ?? null, kind: 'observed' },
    { text: 'warm p99', ms: size?.durationMs.p99 ?? null, kind: 'observed' },
    { text: 'longest warm', ms: size?.durationMs.max ?? null, kind: 'observed' },
    {
      text: `${percentText(input.timeout.quantile)} of all`,
      ms: timeout.quantileMs.estimate,
      highMs: timeout.quantileMs.high,
      kind: 'observed',
    },
    ...rowsOfRealCalls(result),
    { text: 'recommended', ms: seconds(timeout.recommendedSeconds), kind: 'best' },
    { text: 'current', ms: seconds(current.timeoutSeconds), kind: 'now' },
    ...timeout.limits.map(({ source, maxSeconds }) => ({
      text: plainText(source),
      ms: seconds(maxSeconds),
      kind: 'caller' as const,
    })),
  ];
  return rows.flatMap(({ text, ms, highMs = null, kind }) => {
    if (!isDrawable(ms)) return [];
    return { text, ms, highMs: isShown(highMs) && highMs > ms ? highMs : null, kind };
  });
}
