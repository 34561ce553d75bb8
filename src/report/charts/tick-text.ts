import { durationText } from '../../words/format/duration.ts';
import { costPerMillionText } from '../../words/format/money.ts';

/** Round values need no zeros behind the point. */
function withoutZeros(text: string): string {
  return text.replace(/\.0+(?!\d)|(\.\d*[1-9])0+(?!\d)/, '$1');
}

/** Returns a duration on an axis: `500 ms`, `2 s`. */
export function durationTick(ms: number): string {
  return withoutZeros(durationText(ms));
}

/** Returns a cost of a million invocations on an axis. */
export function costTick(cost: number): string {
  return withoutZeros(costPerMillionText(cost));
}
