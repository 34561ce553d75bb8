import type { Assumption, Finding } from './assumption.ts';

export interface Tried {
  readonly assumption: Assumption;
  readonly finding: Finding;
}

/** Everything that a run found out: what is printed and what `--json` holds. */
export interface Verdict {
  readonly startedAt: string;
  readonly function: string;
  readonly powerdial: string;
  readonly endpoint: string;
  /** Whether anything was begun that could change something. */
  readonly touched: boolean;
  readonly tried: readonly Tried[];
  readonly left: readonly string[];
  /** Why it ended before everything was tried. */
  readonly stopped: string | null;
}

/** The text for people, which can be put into the documents as it is: it holds no account number. */
export function verdictText(verdict: Verdict): string {
  const lines = [
    `verify:aws of Powerdial ${verdict.powerdial}, ${verdict.startedAt}`,
    `${verdict.function}, ${verdict.endpoint}`,
    '',
    ...verdict.tried.flatMap(triedLines),
    '',
    summary(verdict),
    ...(verdict.stopped === null ? [] : [`It ended early: ${verdict.stopped}`]),
    ...(verdict.left.length === 0
      ? [
          verdict.touched
            ? 'Nothing is left: everything is as it was found.'
            : 'Nothing was begun, so nothing is changed.',
        ]
      : ['Left behind:', ...verdict.left.map((each) => `  ${each}`)]),
  ];
  return withoutAccounts(`${lines.join('\n')}\n`);
}

const WORD = { held: 'held     ', 'not-held': 'NOT HELD ', 'not-tried': 'not tried' } as const;

function triedLines({ assumption, finding }: Tried): readonly string[] {
  const { id, assumed, otherwise } = assumption;
  const saw = finding.kind === 'not-tried' ? finding.why : finding.saw;
  return [
    `${WORD[finding.kind]}  ${id}: ${saw}`,
    ...(finding.kind === 'not-held'
      ? [`           Assumed: ${assumed}`, `           What it means: ${otherwise}`]
      : []),
  ];
}

function summary({ tried }: Verdict): string {
  const count = (kind: Finding['kind']): number =>
    tried.filter(({ finding }) => finding.kind === kind).length;
  return `${count('held')} held, ${count('not-held')} did not hold, ${count('not-tried')} were not tried.`;
}

export function verdictJson(verdict: Verdict): string {
  const { tried, ...rest } = verdict;
  const assumptions = tried.map(({ assumption: { id, call, assumed, otherwise }, finding }) => ({
    id,
    call,
    assumed,
    verdict: finding.kind,
    saw: finding.kind === 'not-tried' ? null : finding.saw,
    why: finding.kind === 'not-tried' ? finding.why : null,
    otherwise,
  }));
  return withoutAccounts(
    `${JSON.stringify({ schemaVersion: 1, ...rest, assumptions }, null, 2)}\n`,
  );
}

function withoutAccounts(text: string): string {
  return text.replaceAll(/(?<=arn:[\w-]+:[\w-]+:[\w-]*:)\d{12}(?=:)/g, '<account>');
}

/** What is left behind weighs more than what was found out. */
export function exitCodeOf({ tried, left, stopped }: Verdict, interrupted: boolean): number {
  if (left.length > 0) return 3;
  if (interrupted) return 130;
  if (stopped !== null || tried.length === 0) return 3;
  return tried.some(({ finding }) => finding.kind === 'not-held') ? 1 : 0;
}
