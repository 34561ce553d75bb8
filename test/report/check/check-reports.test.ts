import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { FailedFunction, MetricJudgement } from '../../../src/contract/check/check.ts';
import { checkAnnotations } from '../../../src/report/check/check-annotations.ts';
import { checkJunit } from '../../../src/report/check/check-junit.ts';
import { checkMarkdown, COMMENT_MARKER } from '../../../src/report/check/check-markdown.ts';
import { checkText } from '../../../src/report/check/check-text.ts';
import { displayWidth } from '../../../src/report/text/display-width.ts';
import { checked, OPEN, OVER, REGRESSED, result } from '../fixtures/checks.ts';

const RESULT = result([checked('orders', [REGRESSED, OVER, OPEN])]);

test('a failing line says metric, value, limit, interval, samples, and what to look at', () => {
  const style = { colour: false, unicode: true, columns: 120 };
  const plain = checkText(RESULT, style).replaceAll(/[\s\u00a0]+/g, ' ');
  expect(plain).toContain(
    'x duration.p50 regressed: 120 ms → 138 ms (+15 %); allowed at most +5 %;',
  );
  expect(plain).toContain('99.77 % interval +8 % to +22 %; samples 52 + 51 in 8 + 8 environments');
  expect(plain).toContain('look at what every invocation does since');
  expect(plain).toContain('memory.headroom over budget: 13 %; allowed at least 20 %');
  expect(plain).toMatch(/Failed: 1 of 3 rules broken \(1 worth a warning, 1 inconclusive\)\. $/);
});

test('a report of a check without colour and Unicode is ASCII, and no line is wider than the terminal', () => {
  const text = checkText(RESULT, { colour: false, unicode: false, columns: 80 });
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
});

test.each([40, 60, 80])(
  'a report of a check fits %i columns, and keeps metric and verdict',
  (columns) => {
    const text = checkText(RESULT, { colour: false, unicode: true, columns });
    expect(text.split('\n').filter((line) => displayWidth(line) > columns)).toEqual([]);
    expect(text).toMatch(/duration\.p50 .*regressed/);
    expect(text).toMatch(/memory\.headroom .*over budget/);
  },
);

test('Markdown begins with the marker and a sentence, escapes what users write, fits a comment', () => {
  const markdown = checkMarkdown(RESULT);
  expect(markdown.startsWith(`${COMMENT_MARKER}\n❌ **Failed: 1 of 3 rules broken`)).toBe(true);
  expect(markdown).toContain('Something &lt;b&gt;to&lt;/b&gt; know');
  const many = result([
    ...Array.from({ length: 300 }, (_, index) => checked(`f${index}`, [OPEN])),
    checked('the-broken-one', [REGRESSED]),
  ]);
  const long = checkMarkdown(many);
  expect(long.length).toBeLessThan(65_536);
  expect(long).toContain('the-broken-one');
  expect(long).toMatch(/\d+ more functions are left out/);
});

test('JUnit XML holds a failure, a pass that only warns, a skip, and an error for what could not run', () => {
  const xml = checkJunit({
    ...RESULT,
    failed: [{ function: 'a"<b', error: 'TargetNotFound', cause: 'there is no & such' }],
  });
  const tags: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => tags.push(name));
  parser.write(xml).close();
  expect(tags).toEqual([
    'testsuites',
    'testsuite',
    ...['testcase', 'failure', 'testcase', 'system-out', 'testcase', 'skipped'],
    ...['testsuite', 'testcase', 'error'],
  ]);
  expect(xml).toContain('tests="4" failures="1" errors="1"');
});

test('GitHub annotations are escaped, one line each, at most ten of a kind', () => {
  const lines = checkAnnotations(RESULT);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(
    /^::error title=orders%3A duration\.p50 regressed::duration\.p50 regressed/,
  );
  expect(lines[0]).toContain('+15\u00a0%25');
  expect(lines[1]).toMatch(/^::warning /);
  const many = checkAnnotations(
    result(Array.from({ length: 25 }, (_, index) => checked(`f${index}`, [REGRESSED]))),
  );
  expect(many).toHaveLength(10);
  expect(many.at(-1)).toContain('16 more');
});

test('what could not be checked is told everywhere, and is no pass', () => {
  const failed: FailedFunction[] = [{ function: 'bad', error: 'TrialFailed', cause: 'it <threw>' }];
  const fine: MetricJudgement = { ...REGRESSED, verdict: 'within-noise' };
  const style = { colour: false, unicode: true, columns: 120 };
  const one = result([checked('orders', [fine])], { verdict: 'inconclusive', failed });
  const all = result([], { verdict: 'inconclusive', failed });
  expect(checkText(one, style)).toContain('x bad was not checked: TrialFailed: it <threw>');
  expect(checkText(one, style)).toContain(
    'Inconclusive: no rule is broken, but not all could be judged (1 of 2 functions not checked).',
  );
  expect(checkText(all, style)).toContain('Not checked: 1 function could not be measured.');
  for (const each of [one, all]) {
    const markdown = checkMarkdown(each);
    expect(markdown).not.toContain('✅');
    expect(markdown).toContain('- ❌ **bad** was not checked: TrialFailed: it &lt;threw&gt;');
    expect(checkJunit(each)).toContain('errors="1"');
    expect(checkAnnotations(each)[0]).toBe(
      '::error title=bad%3A not checked::TrialFailed: it <threw>',
    );
  }
  const broken = result([checked('orders', [REGRESSED])], { failed });
  expect(checkText(broken, style)).toContain(
    'Failed: 1 of 1 rules broken (1 of 2 functions not checked).',
  );
});

test('invocations that failed are annotated though the check passes', () => {
  const fine = checked('orders', [{ ...REGRESSED, verdict: 'within-noise' }]);
  const message = '20 of 60 invocations of the head did not end well';
  const warnings = [{ code: 'invocations-failed', message }, ...fine.warnings];
  const lines = checkAnnotations({ ...result([{ ...fine, warnings }]), verdict: 'pass' });
  expect(lines).toEqual([`::warning title=orders%3A invocations-failed::${message}`]);
});
