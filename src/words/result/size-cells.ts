import type { Result } from '../../contract/tune/result.ts';
import type { SizeResult } from '../../contract/tune/size-result.ts';
import { durationEstimate, durationText } from '../format/duration.ts';
import { memoryText } from '../format/memory.ts';
import { isShown, MISSING } from '../format/missing.ts';
import { costPerMillionEstimate } from '../format/money.ts';
import { fixedText } from '../format/rounding.ts';
import { memoryShare } from './size-facts.ts';

/** One size of the table, every number as text. */
export interface SizeCells {
  readonly memory: string;
  readonly duration: string;
  /** Of three digits, where there is no room for all that are known. */
  readonly durationShort: string;
  readonly durationPlusMinus: string;
  readonly durationRange: string;
  readonly p95: string;
  readonly coldInit: string;
  readonly memoryUsed: string;
  readonly memoryShare: string;
  readonly cost: string;
  readonly costPlusMinus: string;
  readonly costRange: string;
  readonly invocations: string;
}

function coldInitText({ initMs, coldStarts }: SizeResult): string {
  if (initMs === null) return coldStarts > 0 ? `${MISSING} ×${fixedText(coldStarts, 0)}` : MISSING;
  return `${durationText(initMs.mean)} ×${fixedText(coldStarts, 0)}`;
}

/**
 * The means that everything goes by: what is believed of a size given all sizes. The size that looks best on
 * its own few values looks a little too good, and a table must not say another number than its headline.
 */
function believedMeans({ believed, durationMs, costUsdPerMillion }: SizeResult) {
  if (believed === undefined || believed === null || durationMs.mean === null) {
    return { durationMs, costUsdPerMillion };
  }
  return {
    durationMs: { ...durationMs, mean: believed.durationMs },
    costUsdPerMillion: { ...costUsdPerMillion, mean: believed.costUsdPerMillion },
  };
}

/** Returns the numbers of one size, as every table shows them. */
export function sizeCells(size: SizeResult): SizeCells {
  const { durationMs, costUsdPerMillion } = believedMeans(size);
  const duration = durationEstimate(durationMs);
  const cost = costPerMillionEstimate(costUsdPerMillion);
  const share = memoryShare(size);
  return {
    memory: memoryText(size.memoryMb),
    duration: duration.estimate,
    durationShort: durationText(durationMs.mean),
    durationPlusMinus: duration.plusMinus,
    durationRange: duration.range,
    p95: durationText(size.durationMs.p95),
    coldInit: coldInitText(size),
    memoryUsed: memoryText(size.maxMemoryUsedMb),
    memoryShare: share === null ? '' : `${fixedText(share * 100, 0)}\u00a0%`,
    cost: cost.estimate,
    costPlusMinus: cost.plusMinus,
    costRange: cost.range,
    invocations: fixedText(size.invocations, 0),
  };
}

/** The fullest bar of the table: the slowest size. */
export function slowestMs({ sizes }: Result): number {
  return Math.max(0, ...sizes.map(({ durationMs }) => durationMs.mean ?? 0).filter(isShown));
}
