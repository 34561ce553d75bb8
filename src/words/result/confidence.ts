import type { Result } from '../../contract/tune/result.ts';
import { memoryText } from '../format/memory.ts';
import { isShown } from '../format/missing.ts';
import { percentText, probabilityText } from '../format/percent.ts';

const WORDS: readonly (readonly [number, string])[] = [
  [0.99, 'very high'],
  [0.95, 'high'],
  [0.8, 'fair'],
  [0.6, 'low'],
  [0, 'very low'],
];

/** Returns a probability in one or two words. */
export function confidenceWord(probability: number): string {
  return WORDS.find(([atLeast]) => probability >= atLeast)?.[1] ?? 'very low';
}

/** Says what the probability is about, which depends on what was asked for. */
function claim({ input, confidence }: Result): string {
  const within = percentText(confidence.tolerance);
  switch (input.goal.kind) {
    case 'fastest':
      return `takes at most ${within} longer than the fastest`;
    case 'balanced':
      return `is within ${within} of the best balance of cost and duration`;
    case 'best-value':
      return `costs at most ${within} more than the cheapest and is, within ${within}, the fastest that does`;
    case 'cheapest':
      return `costs at most ${within} more than the cheapest`;
  }
}

/** Worth a word where the other size may well be it. */
const RUNS_CLOSE = 0.1;

function runnerUpText({ confidence: { runnerUp } }: Result): string {
  if (runnerUp === undefined || runnerUp === null || runnerUp.probability < RUNS_CLOSE) return '';
  return `; ${memoryText(runnerUp.memoryMb)} does with ${probabilityText(runnerUp.probability)}`;
}

/** Tells how sure the recommendation is, in words and numbers. */
export function confidenceText(result: Result): string {
  const probability = result.confidence.withinTolerance;
  if (!isShown(probability)) return 'not known: too little was measured to put a number on it';
  const size = memoryText(result.recommendation.memoryMb);
  const text = `${confidenceWord(probability)}: ${probabilityText(probability)} that ${size} ${claim(result)}`;
  return `${text}${runnerUpText(result)}`;
}
