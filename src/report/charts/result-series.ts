import type { Result } from '../../contract/tune/result.ts';
import { currencyOf } from '../../words/format/money.ts';
import { isShown } from '../../words/format/missing.ts';
import { sizeCells } from '../../words/result/size-cells.ts';
import type { FittedPoint, PanelPoint, Series } from './panel.ts';
import { pointText } from './point-text.ts';
import { isDrawable } from './scales.ts';
import { type SizePoint, sizePoints } from './size-points.ts';

/** What of a size is drawn over memory. */
export type Measure = 'durationMs' | 'cost';

/** Returns the measured sizes of a result with what is believed between them, for one panel. */
export function resultSeries(
  result: Result,
  measure: Measure,
  kind: Series['kind'] = 'result',
): Series {
  const currency = currencyOf(result.target.region);
  return {
    kind,
    points: sizePoints(result).map((point) => ({
      memoryMb: point.memoryMb,
      ...point[measure],
      kind: kind === 'result' ? kindOf(point) : kind,
      valueText: sizeCells(point.size)[measure === 'cost' ? 'cost' : 'duration'],
      text: pointText(point, currency),
    })),
    fitted: fittedPoints(result, measure),
  };
}

function kindOf({ recommended, current }: SizePoint): PanelPoint['kind'] {
  if (recommended) return 'recommended';
  return current ? 'current' : 'plain';
}

/** An interval that reaches 0 ends at a tenth of its estimate: it stands on a logarithmic axis. */
function fittedPoints({ curve }: Result, measure: Measure): readonly FittedPoint[] {
  return (curve?.points ?? []).flatMap(({ memoryMb, durationMs, costUsdPerMillion }) => {
    const value = measure === 'cost' ? costUsdPerMillion : durationMs;
    const { estimate, low, high } = value;
    if (!isDrawable(estimate) || !isShown(low) || !isShown(high)) return [];
    return {
      memoryMb,
      value: {
        estimate,
        low: Math.min(Math.max(low, estimate / 10), estimate),
        high: Math.max(high, estimate),
      },
    };
  });
}
