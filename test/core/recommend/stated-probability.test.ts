import { describe, expect, it } from 'vitest';
import { confidenceWord } from '../../../src/words/result/confidence.ts';
import { mostStated } from '../../../src/core/recommend/stated-probability.ts';

describe('the most that is stated', () => {
  it('of a size that was invoked less than ten times no probability is very high', () => {
    for (let count = 1; count < 10; count += 1) {
      expect(confidenceWord(mostStated(count))).not.toBe('very high');
    }
    expect(confidenceWord(mostStated(10))).toBe('very high');
  });

  it('three invocations may still decide, since a verdict takes 90 %', () => {
    expect(mostStated(3)).toBeGreaterThan(0.9);
  });
});
