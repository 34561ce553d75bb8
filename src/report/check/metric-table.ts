import type { CheckedFunction, MetricJudgement } from '../../contract/check/check.ts';
import {
  changeText,
  intervalText,
  isFailure,
  metricText,
  ruleText,
  samplesText,
  verdictText,
} from '../../words/check/check-words.ts';
import { type Markup, element } from '../markup/element.ts';
import { tableHead } from '../page/table-head.ts';

interface Cell {
  readonly heading: string;
  readonly text: string;
  readonly detail?: string;
  readonly className?: string;
}

function verdictClass(judgement: MetricJudgement): string {
  if (isFailure(judgement)) return 'bad';
  return judgement.verdict === 'improved' ? 'good' : '';
}

function cellsOf(judgement: MetricJudgement, region: string): readonly Cell[] {
  const { base, head, change, unit, rule } = judgement;
  const level = rule.level === 'warn' ? ' (warn)' : '';
  return [
    { heading: 'Base', text: metricText(base, unit, region) },
    { heading: 'Head', text: metricText(head, unit, region) },
    {
      heading: 'Change',
      text: change === null ? '–' : changeText(change.estimate, unit),
      detail: intervalText(judgement, region),
    },
    { heading: 'Allowed', text: ruleText(rule, unit, region) },
    { heading: 'Samples', text: samplesText(judgement), className: 'wrapped' },
    {
      heading: 'Verdict',
      text: `${verdictText(judgement)}${level}`,
      className: `wrapped ${verdictClass(judgement)}`.trim(),
    },
  ];
}

function cellMarkup({ heading, text, detail = '', className }: Cell): Markup {
  return element(
    'td',
    { role: 'cell', 'data-label': heading, class: className ?? null },
    text,
    detail === '' ? null : element('small', {}, detail),
  );
}

/** Returns every metric of a function with its verdict; `null` where no rule was judged. */
export function metricTable({ metrics, head }: CheckedFunction): Markup | null {
  const [first] = metrics;
  if (first === undefined) return null;
  return element(
    'table',
    { class: 'sizes', role: 'table' },
    tableHead(['Metric', ...cellsOf(first, head.key.region).map(({ heading }) => heading)]),
    element(
      'tbody',
      { role: 'rowgroup' },
      ...metrics.map((judgement) =>
        element(
          'tr',
          { role: 'row' },
          element('th', { scope: 'row', role: 'rowheader' }, judgement.metric),
          ...cellsOf(judgement, head.key.region).map(cellMarkup),
        ),
      ),
    ),
  );
}
