import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { plainText } from '../../words/plain-text.ts';
import type { TextPen } from './text-pen.ts';

/** Returns each warning behind an exclamation mark. */
export function warningLines(warnings: readonly Warning[], pen: TextPen): string[] {
  return warnings.flatMap(({ message }) => {
    const [first = '', ...rest] = pen.wrapped(plainText(message), 2);
    return [pen.careful(`! ${first}`), ...rest.map((line) => pen.careful(`  ${line}`))];
  });
}
