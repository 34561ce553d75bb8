import { elapsedText } from '../../../words/format/duration.ts';
import { memoryText } from '../../../words/format/memory.ts';
import { amountText } from '../../../words/format/money.ts';
import { plainText } from '../../../words/plain-text.ts';
import { asciiText } from '../../../report/text/ascii.ts';
import { bar } from '../../../report/text/bar.ts';
import { displayWidth, truncate } from '../../../report/text/display-width.ts';
import type { ProgressState } from './progress-state.ts';
import { stageWords } from './stage-words.ts';

const SPINNER = {
  unicode: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
  ascii: ['|', '/', '-', '\\'],
} as const;

const WIDEST_BAR = 30;
const NARROWEST_BAR = 4;

export interface LiveStyle {
  readonly columns: number;
  readonly unicode: boolean;
  /** Colours the moving parts. */
  readonly accent: (text: string) => string;
}

function activity({ stage, setting, measuring, interrupted }: ProgressState): string {
  if (interrupted) return 'interrupted, putting the function back';
  if (stage === 'Measure' && measuring !== null) {
    return `measuring ${memoryText(measuring.memoryMb)}, round ${measuring.round}`;
  }
  if (stage === 'SetMemory' && setting !== null) {
    return `setting memory sizes, ${setting.done} of ${setting.planned}, last ${memoryText(setting.memoryMb)}`;
  }
  return stage === null ? 'starting' : stageWords(plainText(stage));
}

function costText({ measuring, usdAtMost, currency }: ProgressState): string {
  const usd = measuring?.usd ?? 0;
  return usdAtMost === null
    ? amountText(usd, currency)
    : `${amountText(usd, currency)} of at most ${amountText(usdAtMost, currency)}`;
}

/**
 * Returns the live display as lines, none wider than one less than the terminal: a full line would make some
 * terminals wrap, and the next drawing begin one line too low.
 *
 * @param frame counts up with time and turns the spinner
 */
export function liveLines(
  state: ProgressState,
  elapsedMs: number,
  frame: number,
  style: LiveStyle,
): string[] {
  const width = Math.max(style.columns - 1, 1);
  const styled = (text: string) =>
    (style.unicode ? text : asciiText(text)).replaceAll('\u00a0', ' ');
  const frames = style.unicode ? SPINNER.unicode : SPINNER.ascii;
  const spinner = frames[frame % frames.length] ?? '';
  const fitted = (text: string, columns: number) => truncate(styled(text), columns, style.unicode);

  const name = state.function === null ? '' : `${plainText(state.function)}: `;
  const elapsed = elapsedText(Math.floor(elapsedMs / 1000));
  const { measuring } = state;
  if (measuring === null) {
    const text = `${name}${activity(state)} (${elapsed})`;
    return [`${style.accent(spinner)} ${fitted(text, width - 2)}`];
  }
  const numbers = [`${measuring.done} of ${measuring.planned}`, costText(state), elapsed].join(
    '  ',
  );
  const barWidth = Math.min(width - 4 - displayWidth(styled(numbers)), WIDEST_BAR);
  const first = `${style.accent(spinner)} ${fitted(`${name}${activity(state)}`, width - 2)}`;
  if (barWidth < NARROWEST_BAR) return [first, `  ${fitted(numbers, width - 2)}`];
  const done = bar(measuring.done / Math.max(measuring.planned, 1), barWidth, style.unicode);
  return [first, `  ${style.accent(done.padEnd(barWidth))}  ${styled(numbers)}`];
}
