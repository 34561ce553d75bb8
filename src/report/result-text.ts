import type { Result } from '../contract/tune/result.ts';
import { plainText } from '../words/plain-text.ts';
import { curveChart } from './text/curve-chart.ts';
import { factsBlock } from './text/facts-block.ts';
import { payloadLines } from './text/payload-table.ts';
import { sizeTable } from './text/size-table.ts';
import type { Paint } from './text/table.ts';
import { type TextPen, textPen } from './text/text-pen.ts';
import { warningLines } from './text/warning-lines.ts';
import type { TextStyle } from './text-style.ts';
import { emulationText } from '../words/result/emulation.ts';
import { targetFacts, targetName } from '../words/result/target.ts';

function titleLines(result: Result, pen: TextPen): string[] {
  const [first = '', ...rest] = pen.wrapped(
    [targetName(result), ...targetFacts(result)].join(' · '),
    0,
  );
  const emulation = emulationText(result);
  return [
    pen.bold(first),
    ...rest.map(pen.bold),
    ...(emulation === null ? [] : pen.wrapped(emulation, 0).map(pen.careful)),
  ];
}

function sentencePaint({ verdict }: Result, pen: TextPen): Paint {
  const colour = { change: pen.good, keep: pen.good, inconclusive: pen.careful }[verdict];
  return (text) => pen.bold(colour(text));
}

/**
 * Returns a result for the terminal: the fitted curve where it is wide enough, the sizes with a bar each, what there is to know about the answer, and
 * the recommendation last, where the eye is when the command ends. Ends with a line break.
 */
export function resultText(result: Result, style: TextStyle): string {
  const pen = textPen(style);
  const sentence = pen.wrapped(plainText(result.recommendation.sentence), 0);
  const blocks = [
    titleLines(result, pen),
    curveChart(result, pen),
    result.sizes.length === 0 ? [] : sizeTable(result, pen),
    payloadLines(result, pen),
    warningLines(result.warnings, pen),
    factsBlock(result, pen),
    sentence.map(sentencePaint(result, pen)),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}
