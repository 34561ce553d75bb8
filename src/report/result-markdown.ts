import type { Result } from '../contract/tune/result.ts';
import { escapeMarkdown } from './markdown/escape-markdown.ts';
import { payloadTableMarkdown } from './markdown/payload-table.ts';
import { snippetsMarkdown } from './markdown/snippets.ts';
import { sizeTableMarkdown } from './markdown/size-table.ts';
import { emulationText } from '../words/result/emulation.ts';
import { facts } from '../words/result/facts.ts';
import { nextStep } from '../words/result/next-step.ts';
import { targetFacts, targetName } from '../words/result/target.ts';

function capitalise(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}

function nextLines(result: Result): string[] {
  const { text, command } = nextStep(result);
  const line = `- **Next:** ${escapeMarkdown(text)}`;
  return command === null ? [line] : [line, '', '  ```sh', `  ${command}`, '  ```'];
}

/**
 * Returns a result as GitHub-flavoured Markdown, for a comment or a job summary: one sentence first, then the
 * table, then the rest. Ends with a line break.
 */
export function resultMarkdown(result: Result): string {
  const emulation = emulationText(result);
  const about = [targetName(result), ...targetFacts(result)].map(escapeMarkdown).join(' · ');
  const warnings = result.warnings.map(({ message }) => `> ⚠️ ${escapeMarkdown(message)}`);
  const blocks = [
    `**${escapeMarkdown(result.recommendation.sentence)}**`,
    about,
    emulation === null ? '' : `_${escapeMarkdown(emulation)}_`,
    result.sizes.length === 0 ? '' : sizeTableMarkdown(result),
    payloadTableMarkdown(result),
    warnings.join('\n>\n'),
    [
      ...facts(result).map(
        ({ label, text }) => `- **${capitalise(label)}:** ${escapeMarkdown(text)}`,
      ),
      ...nextLines(result),
    ].join('\n'),
    snippetsMarkdown(result),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
