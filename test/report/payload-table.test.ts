import { expect, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import type { PayloadResult } from '../../src/contract/tune/size-result.ts';
import { resultHtml } from '../../src/report/result-html.ts';
import { resultMarkdown } from '../../src/report/result-markdown.ts';
import { resultText } from '../../src/report/result-text.ts';
import { change } from './fixtures/results.ts';

const PAYLOADS: readonly PayloadResult[] = [
  {
    payload: 0,
    share: 0.9,
    invocations: 18,
    errors: 0,
    durationMs: { mean: 20, low: 19, high: 21, max: 26 },
    costUsdPerMillion: { mean: 0.78 },
  },
  {
    payload: 1,
    share: 0.1,
    invocations: 3,
    errors: 1,
    durationMs: { mean: 1500, low: 1400, high: 1600, max: 1550 },
    costUsdPerMillion: { mean: 43.4 },
  },
];

const TWO: Result = {
  ...change,
  input: {
    ...change.input,
    payloads: ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'].map((sha256) => ({ sha256, bytes: 2, weight: 1 })),
  },
  sizes: change.sizes.map((size) =>
    size.memoryMb === change.recommendation.memoryMb ? { ...size, payloads: PAYLOADS } : size,
  ),
};

const PLAIN = { colour: false, unicode: true, columns: 100 };

test.each<[string, (result: Result) => string]>([
  ['the terminal', (result) => resultText(result, PLAIN)],
  ['Markdown', resultMarkdown],
  ['the page', resultHtml],
])('%s shows what each payload took at the recommended size', (_, render) => {
  const shown = render(TWO).replaceAll('\u00a0', ' ');
  expect(shown).toContain(`Payloads at ${change.recommendation.memoryMb} MB`);
  for (const cell of [
    '0 aaaaaaaa',
    '90 %',
    '20.0 ms',
    '1 bbbbbbbb',
    '10 %',
    '3 (1 failed)',
    '43.4',
  ]) {
    expect(shown).toContain(cell);
  }
  expect(render(change)).not.toContain('Payloads at');
});
