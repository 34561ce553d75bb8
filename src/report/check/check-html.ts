import type {
  CheckedFunction,
  CheckResult,
  MetricJudgement,
  SideFacts,
} from '../../contract/check/check.ts';
import { checkSentence } from '../../words/check/check-sentence.ts';
import {
  boundNote,
  changeText,
  functionTitle,
  isFailure,
  judgementSentence,
  lookAt,
  metricText,
  ruleText,
} from '../../words/check/check-words.ts';
import { amountText, currencyOf } from '../../words/format/money.ts';
import { percentText } from '../../words/format/percent.ts';
import { fixedText } from '../../words/format/rounding.ts';
import { plainText } from '../../words/plain-text.ts';
import { machineText } from '../../words/result/about.ts';
import type { Fact } from '../../words/result/facts.ts';
import { changeBars } from '../charts/change-bars.ts';
import { compareCurve, type TwoResults } from '../charts/compare-curves.ts';
import { samplesOfSide } from '../charts/samples.ts';
import { stripChart } from '../charts/strip-chart.ts';
import { type Markup, element } from '../markup/element.ts';
import { figures } from '../page/figure.ts';
import { aboutList, blockersLine, foldedNotes, pageFrame } from '../page/page-frame.ts';
import { metricTable } from './metric-table.ts';

export interface CheckPageOptions {
  /** Heading of the page. @default what was checked */
  readonly title?: string | null;
  /** The results of `tune` that were compared: their curves are drawn on one chart. */
  readonly results?: TwoResults | null;
}

function aboutCheck(result: CheckResult): readonly Fact[] {
  const time = Date.parse(result.measuredAt);
  const { invocations, usd } = result.spent;
  const region = result.functions[0]?.head.key.region ?? '';
  return [
    ...(Number.isNaN(time)
      ? []
      : [
          {
            label: 'judged',
            text: `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
          },
        ]),
    { label: 'false alarms', text: percentText(result.falseAlarmRate) },
    // A comparison of files measures nothing.
    ...(invocations === 0
      ? []
      : [
          {
            label: 'spent',
            text: `${fixedText(invocations, 0)} invocations, ${amountText(usd, currencyOf(region))}`,
          },
        ]),
  ];
}

function sideText({ function: name, version, key }: SideFacts): string {
  const place =
    key.machine === undefined || key.machine === null ? key.region : machineText(key.machine);
  const named = version === null ? name : `${name}:${version}`;
  return [named, key.runtime ?? '', place]
    .map(plainText)
    .filter((text) => text !== '')
    .join(', ');
}

function headingOf({ functions }: CheckResult): string {
  const [first] = functions;
  return functions.length === 1 && first !== undefined
    ? `${plainText(first.function)}: base and head`
    : 'Performance check';
}

/** Returns what is broken, in one line. */
function brokenLine(failing: readonly MetricJudgement[], region: string): Markup | null {
  if (failing.length === 0) return null;
  const texts = failing.map(({ metric, base, head, change, unit, rule }) => {
    const allowed = ruleText(rule, unit, region);
    const now = metricText(head, unit, region);
    return change === null
      ? `${metric} ${now} (allowed ${allowed})`
      : `${metric} ${metricText(base, unit, region)} → ${now} (${changeText(change.estimate, unit)}, allowed ${allowed})`;
  });
  return element('p', { class: 'blockers' }, `Broken: ${texts.join('; ')}.`);
}

function functionPart(each: CheckedFunction, index: number, two: TwoResults | null): Markup {
  const { base, head, metrics, warnings, observations } = each;
  const { region } = head.key;
  const failing = metrics.filter(isFailure);
  const open = metrics.filter((judgement) => !isFailure(judgement) && judgement.reason !== null);
  const note = boundNote(metrics);
  const rows = (['base', 'head'] as const)
    .map((side) => ({ name: side, ...samplesOfSide(observations, side) }))
    .filter(({ warmMs, coldMs, without }) => warmMs.length + coldMs.length + without > 0);
  return element(
    'section',
    {},
    element('h2', {}, plainText(functionTitle(each))),
    aboutList([
      ...(base === null ? [] : [{ label: 'base', text: sideText(base) }]),
      { label: 'head', text: sideText(head) },
    ]),
    brokenLine(failing, region),
    ...failing.map(({ metric }) =>
      element('p', { class: 'odds' }, `${metric}: look at ${lookAt(metric)}.`),
    ),
    metricTable(each),
    two === null
      ? null
      : figures('first', [compareCurve(two, 'durationMs'), compareCurve(two, 'cost')]),
    figures('first', [
      changeBars(each, `change-${index}`),
      stripChart(`samples-${index}`, 'Side', rows),
    ]),
    foldedNotes([
      ...open.map((judgement) => `${judgementSentence(judgement, region)}.`),
      ...(note === null ? [] : [note]),
      ...warnings.map(({ message }) => message),
    ]),
  );
}

/** Returns a check, or a comparison of two results, as one page. */
export function checkHtml(
  result: CheckResult,
  { title = null, results = null }: CheckPageOptions = {},
): string {
  const heading = title ?? headingOf(result);
  const failed = result.failed.map(
    ({ function: name, error, cause }) =>
      `${plainText(name)} was not checked: ${plainText(`${error}: ${cause}`)}.`,
  );
  const verdictClass = result.verdict === 'pass' ? 'sentence good' : 'sentence';
  return pageFrame(
    heading,
    result,
    element(
      'header',
      {},
      element('h1', {}, heading),
      aboutList(aboutCheck(result)),
      element(
        'div',
        { class: 'hero' },
        element('p', { class: verdictClass }, checkSentence(result)),
      ),
      blockersLine(failed),
      foldedNotes(result.warnings.map(({ message }) => message)),
    ),
    ...result.functions.map((each, index) =>
      functionPart(each, index, result.functions.length === 1 ? results : null),
    ),
  );
}
