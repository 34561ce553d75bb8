import { describe, expect, it } from 'vitest';
import { cards } from '../../src/report/page/cards.ts';
import { allElements, parseMarkup, textOf } from './fixtures/parse-markup.ts';
import { change, inconclusive, keep } from './fixtures/results.ts';

function cardTexts(result: typeof change): string[] {
  return allElements(parseMarkup(cards(result).markup))
    .filter(({ name }) => name === 'div')
    .map((card) => textOf(card).trim().split(/\n+/).join(' | ').replaceAll('\u00a0', ' '));
}

describe('cards', () => {
  it('hold the answer in numbers', () => {
    expect(cardTexts(change)).toEqual([
      'Memory | 1769 MB | instead of 512 MB',
      'Speed | 3.5× | 3.4 to 3.6 times as fast',
      'Cost | −1.4 % | −2.6 to −0.2 %',
      'Timeout | 2 s | instead of 30 s',
      'Confidence | 97 % | high: within 5 % of the best',
    ]);
  });

  it('compare nothing with itself', () => {
    expect(cardTexts(keep).map((text) => text.split(' | ')[0])).toEqual([
      'Memory',
      'Timeout',
      'Confidence',
    ]);
  });

  it('name a guess a guess', () => {
    expect(cardTexts(inconclusive)[0]).toBe('Memory | 512 MB | best guess');
  });

  it('show a change that rounds to nothing as 0', () => {
    const savingsFraction = { estimate: -0.0001, low: -0.048, high: 0.048 };
    const result = { ...change, confidence: { ...change.confidence, savingsFraction } };
    expect(cardTexts(result)[2]).toBe('Cost | 0 % | −4.8 to +4.8 %');
  });
});
