import type { HistoryAnswer } from '../../contract/history/history.ts';

/** Risks first, then by the money that less memory would save at most; functions without a history last. */
export function rankHistories(answers: readonly HistoryAnswer[]): readonly HistoryAnswer[] {
  const risks = ({ history }: HistoryAnswer): number => Math.min(1, history?.risks.length ?? 0);
  const money = ({ history }: HistoryAnswer): number => history?.ceiling?.usdPerMonth ?? 0;
  const known = ({ history }: HistoryAnswer): number => (history === null ? 0 : 1);
  return answers.toSorted(
    (a, b) =>
      known(b) - known(a) ||
      risks(b) - risks(a) ||
      money(b) - money(a) ||
      (a.function < b.function ? -1 : 1),
  );
}
