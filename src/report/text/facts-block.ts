import type { Result } from '../../contract/tune/result.ts';
import { adviceSnippets } from '../../words/advice/advice.ts';
import { facts } from '../../words/result/facts.ts';
import { nextStep } from '../../words/result/next-step.ts';
import { labelIndent, labelledLines } from './labelled-lines.ts';
import type { TextPen } from './text-pen.ts';

/** A terminal has no room for it. */
const WHERE_CODE_IS = 'for these alarms, as your project writes it, is in --json, .md and .html';

/** Returns a command over several lines, as a shell takes it. */
function commandLines(command: string, indent: number, pen: TextPen): string[] {
  const lines = pen.wrapped(command, indent + 2);
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

/** Tells what the table does not say, one labelled paragraph each, and what to do next. */
export function factsBlock(result: Result, pen: TextPen): string[] {
  const indent = labelIndent(pen);
  const next = nextStep(result);
  const code = adviceSnippets(result).length === 0 ? [] : [{ label: 'code', text: WHERE_CODE_IS }];
  const lines = labelledLines([...facts(result), ...code, { label: 'next', text: next.text }], pen);
  const command = next.command === null ? [] : commandLines(next.command, indent, pen);
  return [...lines, ...command.map((line) => ' '.repeat(indent) + pen.accent(line))];
}
