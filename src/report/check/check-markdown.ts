import type { CheckedFunction, CheckResult, FailedFunction } from '../../contract/check/check.ts';
import { escapeMarkdown } from '../markdown/escape-markdown.ts';
import { markdownTable } from '../markdown/markdown-table.ts';
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
  samplesText,
  verdictText,
} from '../../words/check/check-words.ts';

/** By which a comment of an earlier run is found, to be updated instead of joined by another one. */
export const COMMENT_MARKER = '<!-- powerdial-check -->';

/** GitHub's comments hold 65,536 characters; what posts them adds a little. */
const MAX_LENGTH = 60_000;

/** Of an error that a function answered with. */
const LONGEST_CAUSE = 1000;

const SIGNS = { pass: '✅', fail: '❌', inconclusive: '❔' } as const;

/**
 * Returns a check as GitHub-flavoured Markdown: one sentence, then the tables; short enough for a comment.
 */
export function checkMarkdown(result: CheckResult): string {
  const head = `${COMMENT_MARKER}\n${SIGNS[result.verdict]} **${escapeMarkdown(checkSentence(result))}**\n`;
  let text = head;
  // Failures come first, so that they are not left out where the comment is cut.
  const lines = [
    ...result.failed.map(failureLine),
    ...result.warnings.map(({ message }) => `- ⚠️ ${escapeMarkdown(message)}`),
  ];
  for (const [index, line] of lines.entries()) {
    if (text.length + line.length > MAX_LENGTH / 2) {
      text += `\n_${lines.length - index} more lines are left out; the JSON result has them._\n`;
      break;
    }
    text += `${index === 0 ? '\n' : ''}${line}\n`;
  }
  const functions = [...result.functions].sort((a, b) => failures(b) - failures(a));
  for (const [index, each] of functions.entries()) {
    const block = `\n${functionBlock(each)}\n`;
    if (text.length + block.length > MAX_LENGTH) {
      return `${text}\n_${functions.length - index} more functions are left out; the JSON result has them._\n`;
    }
    text += block;
  }
  return text;
}

function failureLine({ function: name, error, cause }: FailedFunction): string {
  const shown = cause.length > LONGEST_CAUSE ? `${cause.slice(0, LONGEST_CAUSE)}…` : cause;
  return `- ❌ **${escapeMarkdown(name)}** was not checked: ${escapeMarkdown(`${error}: ${shown}`)}`;
}

function failures({ metrics }: CheckedFunction): number {
  return metrics.filter(isFailure).length;
}

function functionBlock(each: CheckedFunction): string {
  const { region } = each.head.key;
  const table = markdownTable(
    [
      { heading: 'Metric', align: 'left' },
      { heading: 'Base', align: 'right' },
      { heading: 'Head', align: 'right' },
      { heading: 'Change', align: 'right' },
      { heading: 'Interval', align: 'left' },
      { heading: 'Allowed', align: 'left' },
      { heading: 'Samples', align: 'left' },
      { heading: 'Verdict', align: 'left' },
    ],
    each.metrics.map((judgement) => {
      const { metric, unit, base, head, change, rule } = judgement;
      const words = escapeMarkdown(verdictText(judgement));
      return [
        `\`${metric}\``,
        metricText(base, unit, region),
        metricText(head, unit, region),
        change === null ? '' : changeText(change.estimate, unit),
        intervalText(judgement, region),
        ruleText(rule, unit, region),
        samplesText(judgement),
        isFailure(judgement) ? `**${words}**` : words,
      ];
    }),
  );
  const notes = [
    ...each.metrics
      .filter(isFailure)
      .map(
        (judgement) =>
          `- **${escapeMarkdown(judgementSentence(judgement, region))}.** Look at ${escapeMarkdown(lookAt(judgement.metric))}.`,
      ),
    ...each.metrics
      .filter((judgement) => !isFailure(judgement) && judgement.reason !== null)
      .map((judgement) => `- ${escapeMarkdown(judgementSentence(judgement, region))}.`),
    ...[boundNote(each.metrics)].flatMap((note) =>
      note === null ? [] : [`- ${escapeMarkdown(note)}`],
    ),
    ...each.warnings.map(({ message }) => `- ⚠️ ${escapeMarkdown(message)}`),
  ];
  return [
    `**${escapeMarkdown(functionTitle(each))}**`,
    each.metrics.length === 0 ? '' : table,
    notes.join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
