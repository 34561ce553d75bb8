import type { Interval } from '../../contract/tune/interval.ts';
import type { SizeResult } from '../../contract/tune/size-result.ts';
import { durationEstimate, durationText, secondsText } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import { costPerMillionEstimate, currencyOf } from '../../words/format/money.ts';
import { percentText, probabilityText } from '../../words/format/percent.ts';
import { ratioText } from '../../words/format/ratio.ts';
import { withOrdinarySpaces } from '../../words/spaces.ts';
import { escapeMarkdown } from '../markdown/escape-markdown.ts';
import { markdownTable } from '../markdown/markdown-table.ts';
import { changeText, elsewhereText } from './proposal-text.ts';
import type { Proposal, ProposedFunction } from './proposed-function.ts';

/** The text of a pull request: what changes, on what evidence, what it trades, and which run says so. */
export function pullRequestMarkdown(proposal: Proposal): string {
  const names = proposal.functions.map(({ resource }) => escapeMarkdown(resource)).join(', ');
  const blocks = [
    `# Set ${names} to what was measured`,
    ...(proposal.functions.some(({ result }) => result.emulated)
      ? [
          '**Emulated:** at least one of these was measured on a machine and not on AWS. Its figures compare sizes; measure on AWS before you rely on them.',
        ]
      : []),
    changesBlock(proposal),
    ...proposal.functions.map(functionBlock),
    ...(proposal.elsewhere.length === 0
      ? []
      : [
          `## To be changed by hand\n\n${proposal.elsewhere.map((each) => `- ${escapeMarkdown(elsewhereText(each))}`).join('\n')}`,
        ]),
    '<sub>Made by `powerdial propose`.</sub>',
  ];
  return `${blocks.join('\n\n')}\n`;
}

function changesBlock({ changes }: Proposal): string {
  if (changes.length === 0) return 'Nothing of it stands in the template as a number.';
  return changes
    .map(
      (each) =>
        `- ${escapeMarkdown(`${each.resource}: ${changeText(each)}`)} (\`${each.file}\`, line ${each.line})`,
    )
    .join('\n');
}

function functionBlock({ resource, result, memoryMb }: ProposedFunction): string {
  const { current, recommendation, timeout } = result;
  const sizes = [current.memoryMb, memoryMb ?? recommendation.memoryMb];
  const rows = [...new Set(sizes)].flatMap((size) => {
    const measured = result.sizes.find((each) => each.memoryMb === size);
    return measured === undefined ? [] : [rowOf(measured, current.memoryMb)];
  });
  const cost = `cost per million (${currencyOf(result.target.region)})`;
  const headings = ['size', 'duration, mean', 'p95', cost, 'invocations'];
  const table = markdownTable(
    headings.map((heading, index) => ({ heading, align: index === 0 ? 'left' : 'right' })),
    rows,
  );
  return withOrdinarySpaces(
    [
      `## ${escapeMarkdown(resource)}`,
      escapeMarkdown(recommendation.sentence),
      ...(rows.length === 0 ? [] : [table]),
      ...tradeLines(result),
      ...(timeout.quantileMs.high === null
        ? []
        : [
            `Timeout: the quantile that it covers is at most ${durationText(timeout.quantileMs.high)} (${timeout.basis === 'observations' ? 'from what was observed' : 'from a fitted tail'}); set is ${secondsText(current.timeoutSeconds)}.`,
          ]),
      runLine(result),
    ].join('\n\n'),
  );
}

function rowOf(size: SizeResult, present: number | null): readonly string[] {
  const duration = durationEstimate(size.durationMs);
  const cost = costPerMillionEstimate(size.costUsdPerMillion);
  return [
    `${memoryText(size.memoryMb)}${size.memoryMb === present ? ' (present)' : ''}`,
    [duration.estimate, duration.plusMinus].filter(Boolean).join(' '),
    durationText(size.durationMs.p95),
    [cost.estimate, cost.plusMinus].filter(Boolean).join(' '),
    String(size.invocations),
  ].map(escapeMarkdown);
}

function tradeLines({ confidence }: ProposedFunction['result']): readonly string[] {
  const { savingsFraction, speedup, withinTolerance } = confidence;
  const lines = [
    ...(savingsFraction === null ? [] : [`cost ${savingText(savingsFraction)}`]),
    ...(speedup === null
      ? []
      : [
          `speed × ${ratioText(speedup.estimate)} (95 % interval ${ratioText(speedup.low)} to ${ratioText(speedup.high)})`,
        ]),
    ...(withinTolerance === null
      ? []
      : [`${probabilityText(withinTolerance)} that this size is what the goal asks for`]),
  ];
  return lines.length === 0 ? [] : [`What it trades: ${lines.join('; ')}.`];
}

function savingText({ estimate, low, high }: Interval): string {
  const change = (fraction: number): string =>
    `${fraction > 0 ? '+' : fraction < 0 ? '−' : ''}${percentText(Math.abs(fraction))}`;
  return `${change(-estimate)} (95 % interval ${change(-high)} to ${change(-low)})`;
}

function runLine({ run, target, verdict, emulated }: ProposedFunction['result']): string {
  const facts = [
    `Verdict \`${verdict}\``,
    ...(run === undefined
      ? []
      : [
          `run \`${run.id}\`, ${run.startedAt}`,
          `Powerdial ${run.tool}`,
          ...(run.commit === null ? [] : [`commit \`${run.commit}\``]),
          ...(run.codeSha256 === null ? [] : [`code \`${run.codeSha256}\``]),
        ]),
    `${target.runtime ?? 'no runtime'} on ${target.architecture}, ${emulated ? 'emulated' : target.region}`,
  ];
  return `${facts.join('; ')}.`;
}
