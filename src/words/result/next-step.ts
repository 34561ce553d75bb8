import { MAX_INVOCATIONS } from '../../contract/shared/memory.ts';
import type { Result } from '../../contract/tune/result.ts';
import { plainText } from '../plain-text.ts';
import { targetName } from './target.ts';

export interface NextStep {
  readonly text: string;
  /** To be typed as it is; `null` where there is nothing to type. */
  readonly command: string | null;
}

/** Twice as many a size as now, as far as a run may go. */
function moreInvocations({ sizes }: Result): number {
  const most = Math.max(10, ...sizes.map(({ invocations }) => invocations));
  const measured = sizes.filter(({ outcome }) => outcome === 'measured').length;
  return Math.min(most * 2, Math.floor(MAX_INVOCATIONS / Math.max(measured, 1)));
}

/** Quoted for a POSIX shell where a name holds anything unusual. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./$-]+$/.test(word) && !word.includes('$')
    ? word
    : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function updateCommand(
  result: Result,
  memoryMb: number | null,
  timeoutSeconds: number | null,
): string {
  const words = [
    'aws lambda update-function-configuration',
    `--region ${shellWord(plainText(result.target.region))}`,
    `--function-name ${shellWord(targetName(result))}`,
    ...(memoryMb === null ? [] : [`--memory-size ${memoryMb}`]),
    ...(timeoutSeconds === null ? [] : [`--timeout ${timeoutSeconds}`]),
  ];
  return words.join(' ');
}

/** Tells what to do with the answer: the one thing that comes next. */
export function nextStep(result: Result): NextStep {
  const { recommendation, current, applied } = result;
  if (applied !== undefined && applied !== null) {
    return current.memoryMb === null || applied.alias !== null
      ? { text: 'watch the function under its real traffic', command: null }
      : {
          text: 'should it disappoint, this goes back:',
          command: updateCommand(result, current.memoryMb, current.timeoutSeconds),
        };
  }
  if (result.verdict === 'inconclusive') {
    return {
      text: `measure more: the same command with --invocations ${moreInvocations(result)}`,
      command: null,
    };
  }
  if (result.emulated) {
    return {
      text: 'measure it on AWS before you change anything there:',
      command: 'powerdial tune <function>',
    };
  }
  const memoryMb = result.verdict === 'change' ? recommendation.memoryMb : null;
  const timeoutSeconds =
    recommendation.timeoutSeconds === current.timeoutSeconds ? null : recommendation.timeoutSeconds;
  if (memoryMb === null && timeoutSeconds === null) {
    return { text: 'nothing: the function is well set as it is', command: null };
  }
  return {
    text: 'set it where the function is defined, or at once with:',
    command: updateCommand(result, memoryMb, timeoutSeconds),
  };
}
