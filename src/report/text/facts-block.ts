import type { Result } from '../../contract/tune/result.ts';
import { facts } from '../../words/result/facts.ts';
import { nextStep } from '../../words/result/next-step.ts';
import type { TextPen } from './text-pen.ts';

/** Long enough for the longest label and two spaces. */
const LABEL_WIDTH = 12;

/** Below this, labels stand above their text and not beside it. */
const WIDE_ENOUGH_FOR_LABELS = 50;

/** A command over several lines, as a shell takes it. */
function commandLines(command: string, indent: number, pen: TextPen): string[] {
  const lines = pen.wrapped(command, indent + 2);
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

/** What the table does not say, one labelled paragraph each, and what to do next. */
export function factsBlock(result: Result, pen: TextPen): string[] {
  const narrow = pen.columns < WIDE_ENOUGH_FOR_LABELS;
  const indent = narrow ? 2 : LABEL_WIDTH;
  const margin = ' '.repeat(indent);
  const next = nextStep(result);
  const lines = [...facts(result), { label: 'next', text: next.text }].flatMap(
    ({ label, text }) => {
      const wrapped = pen.wrapped(text, indent);
      if (narrow) return [pen.dim(label), ...wrapped.map((line) => margin + line)];
      return wrapped.map(
        (line, index) => (index === 0 ? pen.dim(label.padEnd(indent)) : margin) + line,
      );
    },
  );
  const command = next.command === null ? [] : commandLines(next.command, indent, pen);
  return [...lines, ...command.map((line) => margin + pen.accent(line))];
}
