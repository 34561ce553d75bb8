import type { TextPen } from './text-pen.ts';

/** Long enough for the longest label and two spaces. */
const LABEL_WIDTH = 12;

/** Below this, labels stand above their text and not beside it. */
const WIDE_ENOUGH_FOR_LABELS = 50;

/** Tells how far texts stand behind their labels. */
export function labelIndent({ columns }: TextPen): number {
  return columns < WIDE_ENOUGH_FOR_LABELS ? 2 : LABEL_WIDTH;
}

/** One paragraph for each fact, beside its label or below it. */
export function labelledLines(
  facts: readonly { readonly label: string; readonly text: string }[],
  pen: TextPen,
): string[] {
  const indent = labelIndent(pen);
  const margin = ' '.repeat(indent);
  return facts.flatMap(({ label, text }) => {
    const wrapped = pen.wrapped(text, indent);
    if (indent < LABEL_WIDTH) return [pen.dim(label), ...wrapped.map((line) => margin + line)];
    return wrapped.map(
      (line, index) => (index === 0 ? pen.dim(label.padEnd(indent)) : margin) + line,
    );
  });
}
