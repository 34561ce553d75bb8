import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../../src/words/plain-text.ts';
import { asciiText } from '../../../src/report/text/ascii.ts';
import { bar } from '../../../src/report/text/bar.ts';
import { displayWidth, truncate } from '../../../src/report/text/display-width.ts';
import { wrapText } from '../../../src/report/text/wrap.ts';

describe('bar', () => {
  it.each([
    [0, 4, ''],
    [1, 4, '████'],
    [0.5, 4, '██'],
    [0.53, 4, '██▏'],
    [0.97, 1, '█'],
    // More than nothing is never invisible.
    [0.000_01, 4, '▏'],
    [-1, 4, ''],
    [7, 4, '████'],
  ])('draws %s of %i columns as %j', (share, width, text) => {
    expect(bar(share, width, true)).toBe(text);
  });

  it.each([
    [0, ''],
    [0.5, '##'],
    [0.001, '#'],
    [1, '####'],
  ])('draws %s in ASCII as %j', (share, text) => {
    expect(bar(share, 4, false)).toBe(text);
  });
});

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['±0.03', 5],
    ['订单', 4],
    ['e\u0301', 1],
    ['🚀', 2],
    ['', 0],
  ])('gives %j %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('truncated', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 4, 'abc…'],
    ['订单处理', 5, '订单…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('cuts %j to %i columns: %j', (text, columns, cut) => {
    expect(truncate(text, columns)).toBe(cut);
  });
});

describe('wrapText', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['abcdefgh ij', 3, ['abc', 'def', 'gh', 'ij']],
    // What has parts is broken between them.
    ['is arn:aws:lambda:eu-west-1:12', 12, ['is', 'arn:aws:', 'lambda:eu-', 'west-1:12']],
    // No-break spaces hold together and come out as spaces.
    ['takes 12\u00a0ms', 8, ['takes', '12 ms']],
    ['', 10, []],
  ])('wraps %j at %i', (text, columns, lines) => {
    expect(wrapText(text, columns)).toEqual(lines);
  });

  it('loses no word and passes no width', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 2, max: 40 }),
        (raw, width) => {
          const text = plainText(raw);
          const lines = wrapText(text, width);
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replace(/[ \u00a0]/g, ''));
        },
      ),
    );
  });
});

describe('text from outside', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', '[31mred [0m'],
    ['a\r\nb\tc', 'a b c'],
    ['bell\u0007', 'bell'],
    ['\u202eevil', 'evil'],
    ['half \ud800 pair', 'half \ufffd pair'],
  ])('makes %j plain: %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('is ASCII after asciiText, whatever it was', () => {
    expect(asciiText('±0.03 – 1 ≤ 2 … ×3 订')).toBe('+-0.03 - 1 <= 2 ... x3 ?');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(asciiText(plainText(text))).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });
});
