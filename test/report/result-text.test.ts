import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultText } from '../../src/report/result-text.ts';
import { displayWidth } from '../../src/report/text/display-width.ts';
import { arbitraryResult, resultWithinTimeout } from './fixtures/arbitrary-result.ts';
import { change, fortySix, oneSizeInChina, RESULTS, survivors } from './fixtures/results.ts';

const plain = { colour: false, unicode: true, columns: 100 };

/** The narrowest ones more often: that is where something has to go. */
const columnsFrom24 = fc.oneof(fc.integer({ min: 24, max: 30 }), fc.integer({ min: 24, max: 220 }));

// eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
const ESCAPES = /\u001b\[\d+m/g;

describe('resultText', () => {
  it.each(Object.entries(RESULTS))('shows %s as in its golden file', async (name, result) => {
    await expect(resultText(result, plain)).toMatchFileSnapshot(`goldens/${name}.txt`);
  });

  it.each([80, 60, 40])('drops columns at %i', async (columns) => {
    const text = resultText(change, { ...plain, columns });
    await expect(text).toMatchFileSnapshot(`goldens/change-${columns}-columns.txt`);
  });

  it('is ASCII where the terminal is', async () => {
    const text = resultText(oneSizeInChina, { ...plain, unicode: false });
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(text).toMatchFileSnapshot('goldens/one-size-in-china-ascii.txt');
  });

  it('ends with the recommendation', () => {
    expect(resultText(survivors, plain)).toMatch(
      /\n\nSet 1024 MB: no smaller size survives, no larger one is allowed\.\n$/,
    );
  });

  it('says the same with colours', () => {
    const coloured = resultText(change, { ...plain, colour: true });
    expect(coloured).toMatch(ESCAPES);
    expect(coloured.replace(ESCAPES, '')).toBe(resultText(change, plain));
  });

  it('has one row for each of 46 sizes', () => {
    const rows = resultText(fortySix, plain).match(/^[▸•]? +\d+ MB +\d/gm);
    expect(rows).toHaveLength(46);
  });

  it('says at every width how many runs each number rests on', () => {
    fc.assert(
      fc.property(resultWithinTimeout, columnsFrom24, (result, columns) => {
        fc.pre(result.sizes.some(({ outcome }) => outcome === 'measured'));
        expect(resultText(result, { ...plain, columns })).toMatch(/^ +memory .*\bruns\b/m);
      }),
    );
    expect(resultText(change, { ...plain, columns: 24 })).toMatch(/^ +256 MB +2\.45 s +52$/m);
  });

  it('writes no line wider than the terminal, whatever the result', () => {
    fc.assert(
      fc.property(arbitraryResult, columnsFrom24, fc.boolean(), (result, columns, unicode) => {
        const text = resultText(result, { colour: false, unicode, columns });
        for (const line of text.split('\n')) {
          expect(displayWidth(line)).toBeLessThanOrEqual(columns);
        }
      }),
    );
  });

  it('never shows a missing number as a word, and lets nothing drive the terminal', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const text = resultText(result, plain);
        expect(text).not.toMatch(/null|undefined|nan|infinity/i);
        // eslint-disable-next-line no-control-regex -- control characters are what is looked for
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      }),
    );
  });
});
