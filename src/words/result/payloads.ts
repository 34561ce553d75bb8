import type { Result } from '../../contract/tune/result.ts';
import type { PayloadResult } from '../../contract/tune/size-result.ts';
import { durationEstimate, durationText } from '../format/duration.ts';
import { memoryText } from '../format/memory.ts';
import { costPerMillionText, currencyOf } from '../format/money.ts';
import { percentText } from '../format/percent.ts';
import { fixedText } from '../format/rounding.ts';

/** One payload of several at the recommended size, every number as text. */
export interface PayloadCells {
  /** Its place in the input, and the first digits of its hash. */
  readonly name: string;
  readonly share: string;
  readonly invocations: string;
  readonly duration: string;
  readonly durationRange: string;
  readonly longest: string;
  readonly cost: string;
}

/** What payloads took, for reports; `null` where the run had one payload. */
export interface PayloadTable {
  readonly title: string;
  readonly headings: Readonly<Record<keyof Omit<PayloadCells, 'durationRange'>, string>>;
  readonly rows: readonly PayloadCells[];
}

export function payloadTable(result: Result): PayloadTable | null {
  const { memoryMb } = result.recommendation;
  const payloads = result.sizes.find((size) => size.memoryMb === memoryMb)?.payloads ?? [];
  if (payloads.length === 0) return null;
  return {
    title: `Payloads at ${memoryText(memoryMb)}`,
    headings: {
      name: 'Payload',
      share: 'Share',
      invocations: 'Invocations',
      duration: 'Duration',
      longest: 'longest',
      cost: `${currencyOf(result.target.region)} per million`,
    },
    rows: payloads.map((payload) => cells(result, payload)),
  };
}

function cells({ input }: Result, each: PayloadResult): PayloadCells {
  const duration = durationEstimate(each.durationMs);
  const hash = input.payloads[each.payload]?.sha256.slice(0, 8) ?? '';
  const failed = each.errors === 0 ? '' : ` (${fixedText(each.errors, 0)} failed)`;
  return {
    name: `${each.payload} ${hash}`.trim(),
    share: percentText(each.share),
    invocations: `${fixedText(each.invocations, 0)}${failed}`,
    duration: duration.estimate,
    durationRange: duration.range,
    longest: durationText(each.durationMs.max),
    cost: costPerMillionText(each.costUsdPerMillion.mean),
  };
}
