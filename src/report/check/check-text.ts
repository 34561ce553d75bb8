import type { CheckedFunction, CheckResult, MetricJudgement } from '../../contract/check/check.ts';
import { amountText, currencyOf } from '../../words/format/money.ts';
import { plainText } from '../../words/plain-text.ts';
import { tableLines, tableWidth, type Column, type Paint } from '../text/table.ts';
import { textPen, type TextPen } from '../text/text-pen.ts';
import type { TextStyle } from '../text-style.ts';
import { checkSentence } from '../../words/check/check-sentence.ts';
import {
  boundNote,
  changeText,
  functionTitle,
  intervalText,
  isFailure,
  judgementSentence,
  lookAt,
  metricText,
  ruleText,
  verdictText,
} from '../../words/check/check-words.ts';

/** Below this the interval goes: the sentence of a failure has it too. */
const WIDE_ENOUGH_FOR_INTERVALS = 96;

/**
 * Returns a check for the terminal: a table for each function, what failed in a sentence each, the verdict
 * last.
 */
export function checkText(result: CheckResult, style: TextStyle): string {
  const pen = textPen(style);
  const blocks = [
    ...result.functions.flatMap((each) => [functionLines(each, pen), failureLines(each, pen)]),
    result.failed.flatMap(({ function: name, error, cause }) =>
      writeNote('x ', `${name} was not checked: ${error}: ${cause}`, pen, pen.bold),
    ),
    result.warnings.flatMap(({ message }) => writeNote('! ', message, pen, pen.careful)),
    pen.wrapped(checkSentence(result), 0).map(verdictPaint(result, pen)),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function functionLines(each: CheckedFunction, pen: TextPen): string[] {
  const { region } = each.head.key;
  const cells = (cellOf: (judgement: MetricJudgement) => string): string[] =>
    each.metrics.map((judgement) => pen.styled(cellOf(judgement)));
  const column = (
    heading: string,
    align: Column['align'],
    cellOf: (judgement: MetricJudgement) => string,
  ): Column => ({ heading, align, gap: heading === 'metric' ? 0 : 2, cells: cells(cellOf) });
  const columns = [
    column('metric', 'left', ({ metric }) => metric),
    column('base', 'right', ({ base, unit }) => metricText(base, unit, region)),
    column('head', 'right', ({ head, unit }) => metricText(head, unit, region)),
    column('change', 'right', ({ change, unit }) =>
      change === null ? '' : changeText(change.estimate, unit),
    ),
    ...(pen.columns >= WIDE_ENOUGH_FOR_INTERVALS
      ? [column('interval', 'left', (judgement) => intervalText(judgement, region))]
      : []),
    column('allowed', 'left', ({ rule, unit }) => ruleText(rule, unit, region)),
    column('verdict', 'left', (judgement) =>
      judgement.rule.level === 'warn' ? `${verdictText(judgement)} (warn)` : verdictText(judgement),
    ),
  ];
  const { heading, rows } = tableLines(fitColumns(columns, pen), pen.dim, (row) =>
    rowPaint(each.metrics[row], pen),
  );
  const { invocations, usd } = each.spent;
  const spent = `${invocations} invocations, ${amountText(usd, currencyOf(region))}, ${each.looks} look${each.looks === 1 ? '' : 's'}`;
  return [
    ...pen.wrapped(plainText(functionTitle(each)), 0).map(pen.bold),
    ...(rows.length === 0 ? [] : [heading, ...rows]),
    ...pen
      .wrapped(boundNote(each.metrics) ?? '', 0)
      .filter((line) => line !== '')
      .map(pen.dim),
    ...pen.wrapped(spent, 0).map(pen.dim),
    ...each.warnings.flatMap(({ message }) => writeNote('! ', message, pen, pen.careful)),
  ];
}

/** What a narrow terminal does without, first to last: the sentences below the table have all of it. */
const DROP_ORDER = ['interval', 'allowed', 'base', 'head', 'change'] as const;

function fitColumns(columns: readonly Column[], pen: TextPen): readonly Column[] {
  let kept = columns;
  for (const name of DROP_ORDER) {
    if (tableWidth(kept) <= pen.columns) break;
    kept = kept.filter(({ heading }) => heading !== name);
  }
  return kept;
}

function failureLines(each: CheckedFunction, pen: TextPen): string[] {
  const { region } = each.head.key;
  return each.metrics.flatMap((judgement) => {
    if (isFailure(judgement)) {
      const paint = judgement.rule.level === 'error' ? pen.bold : pen.careful;
      return [
        ...writeNote('x ', judgementSentence(judgement, region), pen, paint),
        ...writeNote('  ', `look at ${lookAt(judgement.metric)}`, pen, (text) => text),
      ];
    }
    return judgement.reason === null
      ? []
      : writeNote('~ ', judgementSentence(judgement, region), pen, pen.careful);
  });
}

function writeNote(mark: string, text: string, pen: TextPen, paint: Paint): string[] {
  return pen
    .wrapped(plainText(text), 2)
    .map((line, index) => paint(`${index === 0 ? mark : '  '}${line}`));
}

function rowPaint(judgement: MetricJudgement | undefined, pen: TextPen): Paint {
  switch (judgement?.verdict) {
    case 'regressed':
    case 'over-budget':
      return judgement.rule.level === 'error' ? pen.bold : pen.careful;
    case 'improved':
      return pen.good;
    case 'inconclusive':
    case 'incompatible':
      return pen.careful;
    default:
      return (text) => text;
  }
}

function verdictPaint({ verdict }: CheckResult, pen: TextPen): Paint {
  const colour = verdict === 'pass' ? pen.good : pen.careful;
  return (text) => pen.bold(colour(text));
}
