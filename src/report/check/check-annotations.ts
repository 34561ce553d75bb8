import type { CheckResult } from '../../contract/check/check.ts';
import { plainText } from '../../words/plain-text.ts';
import { isFailure, judgementSentence, lookAt } from '../../words/check/check-words.ts';

/** GitHub shows so many of each kind for a step. */
const MOST_OF_A_KIND = 10;

/** Warnings that a green check must not hide; the others are in the summary. */
const ANNOTATED: ReadonlySet<string> = new Set([
  'invocations-failed',
  'head-failed-trial',
  'baseline-of-another-name',
  'rule-hard-to-judge',
]);

/**
 * Tells what GitHub Actions shows beside the run: a workflow command a line; beyond its limit the last one
 * counts the rest.
 */
export function checkAnnotations(result: CheckResult): readonly string[] {
  const errors: string[] = result.failed.map(({ function: name, error, cause }) =>
    command('error', `${name}: not checked`, `${error}: ${cause}`),
  );
  const warnings: string[] = result.warnings.map(({ code, message }) =>
    command('warning', `powerdial check: ${code}`, message),
  );
  for (const each of result.functions) {
    const { region } = each.head.key;
    for (const { code, message } of each.warnings.filter((found) => ANNOTATED.has(found.code))) {
      warnings.push(command('warning', `${each.function}: ${code}`, message));
    }
    for (const judgement of each.metrics) {
      const { metric, rule, verdict } = judgement;
      const title = `${each.function}: ${metric} ${verdict}`;
      const sentence = judgementSentence(judgement, region);
      if (isFailure(judgement)) {
        const list = rule.level === 'error' ? errors : warnings;
        list.push(
          command(
            rule.level === 'error' ? 'error' : 'warning',
            title,
            `${sentence}. Look at ${lookAt(metric)}.`,
          ),
        );
      } else if (verdict === 'inconclusive' || verdict === 'incompatible') {
        warnings.push(command('warning', title, sentence));
      }
    }
  }
  return [...limitLines('error', errors), ...limitLines('warning', warnings)];
}

function limitLines(kind: 'error' | 'warning', lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_OF_A_KIND) return lines;
  const left = lines.length - (MOST_OF_A_KIND - 1);
  const last = command(kind, 'powerdial check', `${left} more, see the summary or the log`);
  return [...lines.slice(0, MOST_OF_A_KIND - 1), last];
}

function command(kind: 'error' | 'warning', title: string, message: string): string {
  return `::${kind} title=${escapeProperty(plainText(title))}::${escapeData(plainText(message))}`;
}

/** As actions/toolkit escapes them (packages/core/src/command.ts). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
