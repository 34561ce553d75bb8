import type { DryRun } from '../contract/tune/dry-run.ts';
import { plainText } from '../words/plain-text.ts';
import { dryRunFacts } from '../words/tune/dry-run.ts';
import { labelledLines } from './text/labelled-lines.ts';
import { textPen } from './text/text-pen.ts';
import { warningLines } from './text/warning-lines.ts';
import type { TextStyle } from './text-style.ts';

/** Returns the plan of a dry run for the terminal. Ends with a line break. */
export function dryRunText(plan: DryRun, style: TextStyle): string {
  const pen = textPen(style);
  const { functionName, architecture, region, runtime } = plan.target;
  const name = functionName.replace(/^arn:[^:]*:lambda:[^:]*:[^:]*:function:/, '');
  const title = [name, architecture, region, ...(runtime === null ? [] : [runtime])];
  const blocks = [
    pen.wrapped(title.map(plainText).join(' · '), 0).map(pen.bold),
    warningLines(plan.warnings, pen),
    labelledLines(dryRunFacts(plan), pen),
    pen.wrapped('A dry run: nothing was invoked, and nothing was changed.', 0).map(pen.bold),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}
