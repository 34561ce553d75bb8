import { MAX_MEMORY_MB } from '../../contract/shared/memory.ts';
import type { LimitCheck } from '../../core/recommend/limits.ts';
import type { NoAnswer } from '../../core/recommend/no-answer.ts';
import type { SizeReason } from '../../contract/tune/size-reason.ts';
import { durationText } from '../format/duration.ts';
import { memoryText } from '../format/memory.ts';
import { costPerMillionText } from '../format/money.ts';
import { sizeReasonText } from '../reasons/size-reason.ts';
import { withOrdinarySpaces } from '../spaces.ts';

/** Tells why no size is recommended, and what to do. */
export function noAnswerText(answer: NoAnswer): string {
  return withOrdinarySpaces(
    answer.kind === 'nothing-measured' ? unmeasuredText(answer) : unmetText(answer),
  );
}

/** Size by size, and what to do where all were too small. */
function unmeasuredText({
  sizes,
  diedUpToMb,
  allTooSmall,
}: Extract<NoAnswer, { kind: 'nothing-measured' }>): string {
  if (sizes.length === 0) return 'No size was measured: no invocation was made.';
  const each = sizes.map(
    ({ memoryMb, reasonFacts }) =>
      `${memoryText(memoryMb)}: ${reasonFacts === null ? 'nothing usable' : sizeReasonText(reasonFacts)}`,
  );
  return allTooSmall
    ? `No size can be recommended. ${each.join('; ')}. ${tooSmallText(diedUpToMb)}`
    : `No size could be measured. ${each.join('; ')}.${sizes.some(isTimedOut) ? ` ${TIMED_OUT}` : ''}`;
}

const TIMED_OUT =
  'A function that only needs more time gets it with measureTimeoutSeconds (--measure-timeout); one that hangs waits for something that does not come: the last lines of its log may say for what.';

function isTimedOut({ reasonFacts }: { readonly reasonFacts: SizeReason | null }): boolean {
  return reasonFacts?.code === 'timed-out';
}

function tooSmallText(diedUpToMb: number): string {
  const why = `Nothing at or below a size that ran out of memory is a choice, and none above ${memoryText(diedUpToMb)} was measured`;
  return diedUpToMb < MAX_MEMORY_MB
    ? `${why}: name larger sizes (memorySizes, --memory), or give a payload that takes less.`
    : `${why}, because Lambda has none: give a payload that takes less, or find what keeps the memory.`;
}

/** Names the size that misses its limits by least, and by what. */
function unmetText({
  closest,
  currency,
}: Extract<NoAnswer, { kind: 'no-size-meets-limits' }>): string {
  if (closest === null) return 'No size meets the limits.';
  const { memoryMb, check } = closest;
  return `No size meets the limits. The closest is ${memoryText(memoryMb)}, with ${figureText(check, check.current, currency)} where a ${wantedText(check, currency)} is wanted.`;
}

const FIGURES: Readonly<Record<LimitCheck['figure'], string>> = {
  mean: 'mean duration',
  p50: 'p50 duration',
  p95: 'p95 duration',
  p99: 'p99 duration',
  max: 'longest duration',
  cost: 'cost',
};

/** `p95 duration of at most 800 ms`. */
function wantedText(check: LimitCheck, currency: string): string {
  const limit = figureText(check, check.limit, currency);
  return `${FIGURES[check.figure]} of at most ${limit}${check.figure === 'cost' ? ' per million' : ''}`;
}

function figureText({ figure }: LimitCheck, value: number, currency: string): string {
  return figure === 'cost' ? `${costPerMillionText(value)} ${currency}` : durationText(value);
}

/**
 * Tells, where errors were to be ignored, that their durations do not count, for whoever expects that they do.
 */
export function neverAveragedText(types: readonly string[]): string {
  return ` Errors that are ignored (${types.join(', ')}) count as an outcome and are never averaged in: give a payload that is answered.`;
}

/** Tells that invocations were left out for the budget. */
export function stoppedForBudgetText(maxUsd: number): string {
  return ` The run stopped at maxUsd, which is ${maxUsd}: allow more.`;
}
