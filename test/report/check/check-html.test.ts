import { expect, test } from 'vitest';
import { toCheckTable } from '../../../src/stages/check/check-codec.ts';
import { checkHtml } from '../../../src/report/check/check-html.ts';
import { sideOf } from '../../core/compare/sides.ts';
import { checked, OPEN, OVER, REGRESSED, result } from '../fixtures/checks.ts';
import { expectSound, only, readable } from '../fixtures/expect-sound.ts';
import { allElements, textOf } from '../fixtures/parse-markup.ts';
import { change, HOSTILE, told } from '../fixtures/results.ts';

const observations = toCheckTable({
  base: sideOf([97, 98, 99, 100, 101]).observations,
  head: sideOf([137, 138, 139, 140, 141]).observations,
});
const ORDERS = { ...checked('orders', [REGRESSED, OVER, OPEN]), observations };
const CHECK = result([ORDERS]);

test('the page of a check has the verdict for each metric, what is broken in one line, and the data', () => {
  const elements = expectSound(checkHtml(CHECK));
  expect(textOf(only(elements, 'h1'))).toBe('orders: base and head');
  const broken = elements
    .filter(({ attributes }) => attributes['class'] === 'blockers')
    .map(textOf);
  expect(broken.map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
    'Broken: duration.p50 120 ms → 138 ms (+15 %, allowed at most +5 %); memory.headroom 13 % (allowed at least 20 %).',
  ]);
  const verdicts = elements
    .filter(({ attributes }) => attributes['data-label'] === 'Verdict')
    .map(textOf);
  expect(verdicts).toEqual(['regressed', 'over budget (warn)', '~ inconclusive']);
  expect(JSON.parse(textOf(only(elements, 'script')))).toEqual(CHECK);
});

test('the page of a check draws the changes with what is allowed, and every invocation of both sides', () => {
  const figures = expectSound(checkHtml(CHECK)).filter(({ name }) => name === 'figure');
  expect(figures.map((figure) => textOf(only(allElements(figure), 'h2')))).toEqual([
    'Change from base to head',
    'Every invocation',
  ]);
  const [changes, samples] = figures.map((figure) =>
    allElements(figure)
      .filter(({ name }) => name === 'th' || name === 'td')
      .map(textOf),
  );
  // What has no base has no change.
  expect(changes).not.toContain('memory.headroom');
  expect(changes).toContain('+15\u00a0%');
  expect(samples).toContain('97.0\u00a0ms – 101\u00a0ms');
});

test('a comparison of two results draws before and after on one pair of axes', () => {
  const after = { ...told, recommendation: { ...told.recommendation, memoryMb: 1024 } };
  const html = checkHtml(CHECK, { results: { before: change, after } });
  const elements = expectSound(html);
  const titles = elements
    .filter(({ name }) => name === 'figure')
    .map((figure) => {
      return textOf(only(allElements(figure), 'h2'));
    });
  expect(titles).toContain('Duration by memory size, before and after');
  expect(titles).toContain('Cost by memory size, before and after');
  const ofClass = (className: string) =>
    elements.filter(({ attributes }) => attributes['class'] === className);
  // Six sizes in either chart, and one in its legend.
  expect(ofClass('pd-before')).toHaveLength(2 * 7);
  expect(ofClass('pd-after')).toHaveLength(2 * 7);
  expect(readable(elements)).toContain('recommended after: 1024\u00a0MB');
  expect(readable(elements)).toContain('before: 1769\u00a0MB');
});

test('the page of a check says what was not checked, and lets nothing break out', () => {
  const failed = [{ function: HOSTILE, error: 'TrialFailed', cause: HOSTILE }];
  const html = checkHtml(
    result([checked(HOSTILE, [REGRESSED]), checked('b', [])], { verdict: 'inconclusive', failed }),
  );
  const elements = expectSound(html);
  expect(textOf(only(elements, 'h1'))).toBe('Performance check');
  expect(html).not.toContain('<script>alert');
  expect(readable(elements)).toContain('was not checked: TrialFailed');
});
