import { withOrdinarySpaces } from '../../words/spaces.ts';
import type { Finding } from './finding.ts';

const MARKS = {
  unicode: { ok: '✓', attention: '!', missing: '✗', unknown: '?' },
  ascii: { ok: 'ok', attention: '! ', missing: 'X ', unknown: '? ' },
} as const;
const NAME_WIDTH = 14;

/** One line for each finding: how it is, and what to do. */
export function doctorText(findings: readonly Finding[], unicode: boolean): string {
  const marks = unicode ? MARKS.unicode : MARKS.ascii;
  const arrow = unicode ? '→' : '->';
  const lines = findings.map(
    ({ about, state, said, todo }) =>
      `${marks[state]} ${about.padEnd(NAME_WIDTH)}${said} ${arrow} ${todo}\n`,
  );
  return withOrdinarySpaces(lines.join(''));
}
