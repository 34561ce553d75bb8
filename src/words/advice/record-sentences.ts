import type { AdviceFactsOf } from '../../contract/tune/advice.ts';
import { durationText } from '../format/duration.ts';
import { memoryText } from '../format/memory.ts';
import { amountText } from '../format/money.ts';
import { decimalsFor, fixedText } from '../format/rounding.ts';
import type { AdviceSentences } from './advice-sentences.ts';
import { sourceName, streamName } from './source-name.ts';

/** What records take and cost. */
export const RECORD_SENTENCES = {
  'record-batches': batchesText,
  'batch-rate': rateText,
} as const satisfies Partial<AdviceSentences>;

function batchesText(facts: AdviceFactsOf<'record-batches'>): string {
  const { memoryMb, batches, line, currency } = facts;
  const each = batches.map(({ records, durationMs, msPerRecord, costUsdPerMillionRecords }) => {
    const cost = amountText(costUsdPerMillionRecords, currency);
    const whole = durationText(durationMs.mean);
    return records === 1
      ? `one by itself ${whole} and ${cost} per million`
      : `in batches of ${fixedText(records, 0)} (${whole}) ${durationText(msPerRecord)} and ${cost} per million`;
  });
  const parts =
    line === null
      ? ''
      : ` Of a batch ${durationText(line.perBatchMs)} is for itself and ${durationText(line.perRecordMs)} for each record.`;
  return `At ${memoryText(memoryMb)} a record takes ${each.join(', ')}.${parts}`;
}

function rateText(facts: AdviceFactsOf<'batch-rate'>): string {
  const { source, arn, per, atOnce, records, batchSize, recordsPerSecond, fits } = facts;
  const { estimate, low, high } = recordsPerSecond;
  const reach = (high - low) / 2;
  const text = (value: number): string => fixedText(value, decimalsFor(value, reach, 1));
  const whose =
    per === 'shard'
      ? `A shard of ${streamName(source, arn)}`
      : sentenceOf(sourceName('queue', arn));
  const smaller =
    batchSize === null || batchSize <= records
      ? ''
      : ` (its mapping permits ${fixedText(batchSize, 0)})`;
  const how = `with batches of ${fixedText(records, 0)}${smaller}, ${fixedText(atOnce, 0)} at a time`;
  const rate = `${whose} handles ${text(estimate)} records a second (${text(low)}–${text(high)}) ${how}`;
  return `${rate}${limitText(facts.takesPerSecond, fits)}.`;
}

function limitText(takesPerSecond: number | null, fits: boolean | null): string {
  if (takesPerSecond === null || fits === null) return '';
  const most = `${fixedText(takesPerSecond, 0)} that it can be written`;
  return fits
    ? `, which is as many as the ${most} at least`
    : `, of up to ${most}: a higher ParallelizationFactor or more shards keep up with more`;
}

function sentenceOf(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
