import { expect, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import { renderResult } from '../../src/report/render-result.ts';
import { resultText } from '../../src/report/result-text.ts';
import { toAdvice } from '../../src/words/advice/advice.ts';
import { RESULTS } from './fixtures/results.ts';

const QUEUE = toAdvice({
  code: 'queue-visibility',
  queueArn: 'arn:aws:sqs:eu-west-1:123456789012:orders',
  visibilityTimeoutSeconds: 30,
  batchingWindowSeconds: 0,
  timeoutSeconds: 6,
  advisedSeconds: 36,
  fits: false,
});
const ALARM = toAdvice({
  code: 'duration-alarm',
  functionName: 'orders',
  project: 'terraform',
  logicalId: null,
  periodSeconds: 60,
  periods: 15,
  thresholdMs: 4000,
  statistic: 'p90',
  timeoutSeconds: 6,
});
const LATER = { code: 'of-a-later-version', message: 'Something that nobody knows yet.' };
const RESULT: Result = {
  ...RESULTS.change,
  timeout: { ...RESULTS.change.timeout, limits: [{ source: 'sqs', maxSeconds: 30 }] },
  advice: [QUEUE, ALARM, LATER],
};

function flat(text: string): string {
  return text.replaceAll('\u00a0', ' ').replaceAll(/\s+/g, ' ');
}

const STYLE = { columns: 80, colour: false, unicode: true };

test('the terminal shows advice beside what it is about', () => {
  const text = flat(resultText(RESULT, STYLE));
  expect(text).toContain('queue Set the visibility timeout of the queue orders to 36 s at least');
  expect(text).toContain('advice Something that nobody knows yet.');
});

test.each(['markdown', 'html'] as const)('%s shows every piece of advice', (format) => {
  const text = flat(renderResult(RESULT, format));
  for (const { message } of RESULT.advice ?? []) expect(text).toContain(message);
});

test('JSON holds advice as it is', () => {
  expect(JSON.parse(renderResult(RESULT, 'json'))).toMatchObject({ advice: [QUEUE, ALARM, LATER] });
});

test('a queue that advice speaks of is not told again among the callers', () => {
  expect(flat(resultText(RESULT, STYLE))).not.toContain('callers');
  expect(flat(resultText({ ...RESULT, advice: [] }, STYLE))).toContain('callers sqs waits 30 s');
});

test('Markdown has the code of an alarm in a block of its language', () => {
  expect(renderResult(RESULT, 'markdown')).toContain(
    '```hcl\nresource "aws_cloudwatch_metric_alarm" "orders_duration" {\n',
  );
});

test('code with backticks does not end its block', () => {
  const hostile = { ...ALARM, snippet: { language: 'yaml', text: '```\n# not a heading\n````' } };
  const markdown = renderResult({ ...RESULT, advice: [hostile] }, 'markdown');
  expect(markdown).toContain('`````yaml\n```\n# not a heading\n````\n`````');
});

test('a page has the code of an alarm line by line', () => {
  const [code = ''] = /<pre><code>.*?<\/code><\/pre>/.exec(renderResult(RESULT, 'html')) ?? [];
  const [first, second] = code.split('<br/>');
  expect(first).toContain('&quot;aws_cloudwatch_metric_alarm&quot; &quot;orders_duration&quot; {');
  expect(second).toMatch(/^ {2}alarm_name/);
});

test('the terminal says where the code of an alarm is', () => {
  expect(flat(resultText(RESULT, STYLE))).toContain('code for these alarms');
  expect(flat(resultText({ ...RESULT, advice: [QUEUE] }, STYLE))).not.toContain('code for these');
});

test('Markdown shows no code for an alarm where the field holds no text', () => {
  const odd = { ...ALARM, snippet: 7 };
  expect(renderResult({ ...RESULT, advice: [odd] }, 'markdown')).not.toContain('```hcl');
});
