import { isShareOfFailures } from '../../contract/check/metric.ts';
import type { JudgementReason } from '../../contract/check/judgement-reason.ts';
import { busyText } from '../busy.ts';
import { percentNumber } from '../format/percent.ts';

/** Tells why a rule could not be judged, or was judged as it was, as a clause without a point. */
export function judgementReasonText(reason: JudgementReason): string {
  switch (reason.code) {
    case 'no-samples':
      return 'no samples';
    case 'no-baseline':
      return 'there is no baseline';
    case 'other-environment':
      return reason.differences.map(differenceText).join('; ');
    case 'few-samples-or-environments':
      return `${reason.samples} samples of ${reason.environments} environment(s), it takes at least ${reason.leastSamples} of ${reason.leastEnvironments}`;
    case 'few-samples':
      return `${reason.side}: ${reason.samples} samples, it takes at least ${reason.leastSamples}`;
    case 'few-environments':
      return `${reason.side}: ${reason.environments} environment(s), it takes at least ${reason.leastEnvironments} to tell the code from the host`;
    case 'no-estimate':
      return 'too few samples';
    case 'few-samples-for-quantile':
      return `too few samples for ${reason.metric.replace('duration.', '')}`;
    case 'repeats-faster':
      return 'the function answers what it has seen far faster than the first time';
    case 'provisioned-not-priced':
      return `what ${reason.executions} environments cost that are kept ready is not in it${reason.missing === 'traffic' ? ': give invocationsPerMonth' : ', because no rate for it is known here'}`;
    case 'machine-busy':
      return busyText(reason);
    case 'interrupted':
      return 'the check was interrupted';
    case 'limit-within-noise':
      return 'the limit is within what the noise allows';
    case 'change-above-limit-possible':
      return 'a change above the limit cannot be ruled out';
    case 'no-change-possible':
      return 'above the limit, but no change cannot be ruled out';
    case 'drift-possible':
      return 'above the limit, but a stored baseline may have drifted by as much; measure both sides together';
    case 'no-known-end':
      return `${reason.side}: no invocation whose end is known`;
    case 'nothing-ended-well':
      return 'no invocation of the head ended well';
    case 'rise-possible':
      return 'too few invocations to rule out that the head fails more often';
    case 'chance-possible':
      return 'more of the head fail, but chance cannot be ruled out';
    case 'not-confirmed':
      return `regressed by ${percentNumber(reason.change ?? 0)} ${isShareOfFailures(reason.metric) ? 'points' : '%'} at first, which measuring again did not confirm (${reason.verdict})`;
    case 'undecided-at-first':
      return `undecided at first, ${reason.verdict} when it was measured again, and not confirmed`;
  }
}

type Difference = Extract<JudgementReason, { code: 'other-environment' }>['differences'][number];

const FIELD_WORDS: Readonly<Record<Difference['field'], string>> = {
  architecture: 'architecture',
  region: 'region',
  memoryMb: 'memory',
  runtime: 'runtime',
  layers: 'layers',
  emulation: 'CPU share',
  machine: 'machine',
  toolSchema: 'tool schema',
  payloads: 'payloads',
};

function differenceText({ field, base, head }: Difference): string {
  const nothing = field === 'machine' ? 'unknown' : 'none';
  return `${FIELD_WORDS[field]} ${valueText(base, nothing)} then, ${valueText(head, nothing)} now`;
}

function valueText(value: Difference['base'], nothing: string): string {
  if (value === null) return nothing;
  if (typeof value !== 'object') return String(value);
  if (!('processor' in value)) return `[${value.join(', ')}]`;
  const { processor, cores, cpus } = value;
  return `${processor} (${cores} cores${cpus === cores ? '' : `, ${cpus} to use`})`;
}
