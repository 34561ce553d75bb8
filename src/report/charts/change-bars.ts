import type { CheckedFunction, MetricJudgement } from '../../contract/check/check.ts';
import { changeText, intervalText, verdictText } from '../../words/check/check-words.ts';
import { isShown } from '../../words/format/missing.ts';
import { type Markup, element, fragment } from '../markup/element.ts';
import type { Chart } from './chart.ts';
import { drawing, label, line } from './drawing.ts';
import { type Scale, linearScale } from './scales.ts';

const WIDTH = 480;
const LEFT = 112;
const RIGHT = WIDTH - 76;
const TOP = 8;
const HEIGHT = 30;

/** Changes beyond these would press all others together; bars that reach further are cut there. */
const LEAST = -1;
const MOST = 2;

type Compared = MetricJudgement & {
  readonly change: {
    readonly estimate: number;
    readonly low: number | null;
    readonly high: number | null;
  };
};

/** Metrics whose change is a share of the base: that of failures is in points, and may have no base. */
function selectCompared(metrics: readonly MetricJudgement[]): readonly Compared[] {
  return metrics.filter(
    (each): each is Compared => each.unit !== 'share' && isShown(each.change?.estimate),
  );
}

function clamp(change: number): number {
  return Math.min(Math.max(change, LEAST), MOST);
}

const VERDICT_CLASS: Readonly<Partial<Record<MetricJudgement['verdict'], string>>> = {
  regressed: 'pd-full',
  'over-budget': 'pd-full',
  improved: 'pd-improved',
};

function row(judgement: Compared, x: Scale, top: number): Markup {
  const { metric, change, rule, unit, verdict } = judgement;
  const y = top + HEIGHT / 2;
  const [low, high] = [change.low ?? LEAST, change.high ?? MOST].map((end) => x.at(clamp(end)));
  const at = x.at(clamp(change.estimate));
  const limit = rule.kind === 'regression' ? x.at(clamp(rule.limit)) : null;
  return fragment(
    label('pd-label', LEFT - 10, y + 4, metric, 'end', LEFT - 10),
    line('pd-grid', LEFT, top + HEIGHT, RIGHT, top + HEIGHT),
    limit === null ? null : line('pd-limit', limit, top + 3, limit, top + HEIGHT - 3),
    element('circle', { class: VERDICT_CLASS[verdict] ?? 'pd-point', cx: at, cy: y, r: 4.5 }),
    low === undefined || high === undefined ? null : line('pd-interval', low, y, high, y),
    label(
      'pd-label',
      RIGHT + 8,
      y + 4,
      changeText(change.estimate, unit),
      'start',
      WIDTH - RIGHT - 8,
    ),
  );
}

/** Draws how much each metric changed from base to head, with its interval and what is allowed. */
export function changeBars(each: CheckedFunction, id: string): Chart | null {
  const rows = selectCompared(each.metrics);
  if (rows.length === 0) return null;
  const { region } = each.head.key;
  const ends = rows.flatMap(({ change, rule }) => [
    change.low ?? change.estimate,
    change.high ?? change.estimate,
    ...(rule.kind === 'regression' ? [rule.limit] : []),
  ]);
  const x = linearScale([0, ...ends.map(clamp)], [LEFT, RIGHT]);
  const bottom = TOP + HEIGHT * rows.length;
  const zero = x.at(0);
  const chart = {
    id,
    title: 'Change from base to head',
    description: rows
      .map(({ metric, change, unit }) => `${metric} ${changeText(change.estimate, unit)}`)
      .join(', '),
  };
  return {
    ...chart,
    caption:
      'The bar is the interval that decided, the dashed line what the rule allows. Left of the solid line is better.',
    svg: drawing(
      chart,
      { width: WIDTH, height: bottom + 26 },
      line('pd-axis', zero, TOP, zero, bottom + 4),
      ...rows.map((judgement, index) => row(judgement, x, TOP + index * HEIGHT)),
      label('pd-label', zero, bottom + 20, 'no change', 'middle'),
    ),
    table: {
      headings: ['Metric', 'Change', 'Interval', 'Verdict'],
      rows: rows.map((judgement) => [
        judgement.metric,
        changeText(judgement.change.estimate, judgement.unit),
        intervalText(judgement, region),
        verdictText(judgement),
      ]),
    },
  };
}
