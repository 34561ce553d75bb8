import type { AdviceFactsOf } from '../../contract/tune/advice.ts';
import { durationText, secondsText } from '../format/duration.ts';
import type { AdviceSentences } from './advice-sentences.ts';

/** Which alarms to set. */
export const ALARM_SENTENCES = {
  'duration-alarm': ({ thresholdMs, timeoutSeconds, periods }) =>
    `Alarm when the p90 of Duration is above ${durationText(thresholdMs)} in ${periods} of ${periods} minutes: longer than hardly any invocation took, and below the timeout of ${secondsText(timeoutSeconds)}.`,
  'iterator-age-alarm': ({ thresholdMs, periods }) =>
    `Alarm when the greatest IteratorAge is above ${durationText(thresholdMs)} in ${periods} of ${periods} minutes: the stream is written faster than it is read.`,
} as const satisfies Partial<AdviceSentences>;

/** An alarm of either kind. */
export type AlarmFacts = AdviceFactsOf<'duration-alarm'> | AdviceFactsOf<'iterator-age-alarm'>;
