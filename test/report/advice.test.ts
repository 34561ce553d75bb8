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
const LATER = { code: 'of-a-later-version', message: 'Something that nobody knows yet.' };
const RESULT: Result = {
  ...RESULTS.change,
  timeout: { ...RESULTS.change.timeout, limits: [{ source: 'sqs', maxSeconds: 30 }] },
  advice: [QUEUE, LATER],
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
  expect(JSON.parse(renderResult(RESULT, 'json'))).toMatchObject({ advice: [QUEUE, LATER] });
});

test('a queue that advice speaks of is not told again among the callers', () => {
  expect(flat(resultText(RESULT, STYLE))).not.toContain('callers');
  expect(flat(resultText({ ...RESULT, advice: [] }, STYLE))).toContain('callers sqs waits 30 s');
});
