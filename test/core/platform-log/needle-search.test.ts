import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NeedleSearch } from '../../../src/core/platform-log/needle-search.ts';
import { runs } from '../../machine/long-tests.ts';

const WORDS = ['RequestId:', '"platform.', 'aaab', 'Task timed out after '] as const;

describe('A search for several words at once', () => {
  it('finds the first of them, as one search for each word does', () => {
    const search = new NeedleSearch(WORDS);
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom(...WORDS, ...WORDS.map((word) => word.slice(1)), 'aa', 'b', 'Request'),
          fc.string({ unit: 'binary', maxLength: 20 }),
        ),
        { maxLength: 20 },
      )
      .map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(text, fc.nat({ max: 60 }), (bytes, from) => {
        const places = WORDS.map((word) => bytes.indexOf(word, from)).filter(
          (place) => place >= from,
        );
        expect(search.next(bytes, from)).toBe(Math.min(...places, Infinity));
      }),
      { numRuns: runs(2000) },
    );
  });
});
