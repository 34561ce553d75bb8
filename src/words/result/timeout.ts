import type { Result } from '../../contract/tune/result.ts';
import type { TimeoutResult } from '../../contract/tune/timeout-result.ts';
import { durationText, secondsText } from '../format/duration.ts';
import { memoryText } from '../format/memory.ts';
import { isShown } from '../format/missing.ts';
import { percentText } from '../format/percent.ts';
import { serviceName, waitText } from '../callers.ts';
import { plainText } from '../plain-text.ts';

const BASIS: Readonly<Record<TimeoutResult['basis'], string>> = {
  observations: 'counted from the observations alone',
  'fitted-tail': 'from a curve fitted to the slowest observations',
  insufficient: 'too few observations to bound it',
};

/** The same where it is production's tail. */
const OF_REAL_CALLS: Readonly<Record<TimeoutResult['basis'], string>> = {
  observations: 'counted from your real calls alone',
  'fitted-tail': 'from a curve fitted to the slowest of your real calls',
  insufficient: 'too few real calls to bound it',
};

function changeText(recommended: number | null, current: number | null): string {
  if (!isShown(recommended)) {
    return isShown(current) ? `keep ${secondsText(current)}` : 'none recommended';
  }
  if (!isShown(current)) return secondsText(recommended);
  return recommended === current
    ? `keep ${secondsText(current)}`
    : `${secondsText(recommended)} instead of ${secondsText(current)}`;
}

function quantileText({ quantileMs }: TimeoutResult, input: Result['input']): string | null {
  if (!isShown(quantileMs.estimate)) return null;
  const share = percentText(input.timeout.quantile);
  const bound = isShown(quantileMs.high)
    ? ` (with ${percentText(input.timeout.confidence)} confidence within ${durationText(quantileMs.high)})`
    : '';
  return `${share} of invocations end within ${durationText(quantileMs.estimate)}${bound}`;
}

/** Below this a bound says too little to be useful. */
const LEAST_ONE_IN = 3;

/** Tells what the observations do bound, however few they are, and where more of them may lie ready. */
function observedText({ basis, observed }: TimeoutResult): string {
  if (basis !== 'insufficient' || observed === undefined || observed === null) return '';
  const oneIn = Math.floor(1 / observed.exceededByAtMost);
  if (oneIn < LEAST_ONE_IN) return '';
  return `; with ${percentText(observed.confidence)} confidence at most 1 invocation in ${oneIn} takes longer than ${durationText(observed.ms)} (\`powerdial logs\` reads what production logs say)`;
}

/** Production never ran at another size: its tail is moved there. */
function movedText(presentMb: number | null, nextMb: number): string {
  return presentMb === null || presentMb === nextMb
    ? ''
    : `, moved from ${memoryText(presentMb)} by the measured ratio`;
}

/** Returns the timeout, why, and how long callers wait. */
export function timeoutText({ timeout, current, input, recommendation }: Result): string {
  const quantile = quantileText(timeout, input);
  const basis =
    timeout.source === 'history'
      ? `${OF_REAL_CALLS[timeout.basis]}${movedText(current.memoryMb, recommendation.memoryMb)}`
      : BASIS[timeout.basis];
  const because = quantile === null ? `${basis}${observedText(timeout)}` : `${quantile}, ${basis}`;
  return `${changeText(timeout.recommendedSeconds, current.timeoutSeconds)}: ${because}`;
}

/** Callers that wait for the function, and how long at most. Empty where none is known. */
export function callersText(limits: TimeoutResult['limits']): string {
  return limits
    .map(({ source, maxSeconds, kind }) =>
      isShown(maxSeconds)
        ? `${plainText(serviceName(source))} ${waitText(source, maxSeconds, kind)}`
        : `${plainText(serviceName(source))}: how long is not known`,
    )
    .join('; ');
}
