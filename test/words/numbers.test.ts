import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  durationEstimate,
  durationText,
  elapsedText,
  secondsText,
} from '../../src/words/format/duration.ts';
import { memoryText } from '../../src/words/format/memory.ts';
import {
  amountText,
  costPerMillionEstimate,
  costPerMillionText,
  currencyOf,
} from '../../src/words/format/money.ts';
import { percentText, probabilityText } from '../../src/words/format/percent.ts';
import { ratioText } from '../../src/words/format/ratio.ts';
import { fixedText, fixedUpText } from '../../src/words/format/rounding.ts';

/** No-break spaces are for layout; tests read better without. */
function plainSpaces(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('durationText', () => {
  it.each([
    [null, '–'],
    [Number.NaN, '–'],
    [0, '0 ms'],
    [0.001, '<0.01 ms'],
    [0.84, '0.84 ms'],
    [2.31, '2.31 ms'],
    [12.34, '12.3 ms'],
    [599.27, '599 ms'],
    [999.4, '999 ms'],
    [1000, '1.00 s'],
    [1192.27, '1.19 s'],
    [59_999, '60.0 s'],
    [900_000, '900 s'],
    [12_345_678, '12,346 s'],
    [1e300, '1.00e+297 s'],
  ])('writes %s as %s', (ms, text) => {
    expect(plainSpaces(durationText(ms))).toBe(text);
  });
});

describe('durationEstimate', () => {
  it.each([
    // One digit of the uncertainty, two where it begins with 1; the mean to the same decimals.
    [{ mean: 599.27, low: 593.87, high: 604.67 }, '599 ms', '±6', '594–605'],
    [{ mean: 1192.27, low: 1181.07, high: 1203.47 }, '1.192 s', '±0.012', '1.181–1.203'],
    [{ mean: 2.31, low: 2.27, high: 2.35 }, '2.31 ms', '±0.04', '2.27–2.35'],
    // The longer arm counts, rounded away from zero.
    [{ mean: 100, low: 99, high: 130.2 }, '100 ms', '±31', '99–130'],
    // Nothing takes less than no time: the interval is cut, and said to be wide.
    [{ mean: 84, low: -36, high: 204 }, '84 ms', '±120 wide', '0–204 (wide)'],
    // Certain, and unknown.
    [{ mean: 5, low: 5, high: 5 }, '5.00 ms', '±0', '5.00–5.00'],
    [{ mean: 5, low: null, high: 6 }, '5.00 ms', '', ''],
    [{ mean: null, low: 1, high: 2 }, '–', '', ''],
  ])('rounds %j by what is known', (measured, estimate, plusMinus, range) => {
    const text = durationEstimate(measured);
    expect({ ...text, estimate: plainSpaces(text.estimate) }).toEqual({
      estimate,
      plusMinus,
      range,
    });
  });
});

describe('other numbers', () => {
  it.each([
    [6, '6 s'],
    [null, '–'],
  ])('writes a timeout of %s as %s', (seconds, text) => {
    expect(plainSpaces(secondsText(seconds))).toBe(text);
  });

  it.each([
    [0, '0 s'],
    [1.24, '1.2 s'],
    [14.2, '14 s'],
    [59.6, '1 min 0 s'],
    [200, '3 min 20 s'],
    [3900, '1 h 5 min'],
  ])('writes %s seconds of waiting as %s', (seconds, text) => {
    expect(plainSpaces(elapsedText(seconds))).toBe(text);
  });

  it.each([
    [0, '0 USD'],
    [0.000_04, '0.000040 USD'],
    [0.000_78, '0.00078 USD'],
    [0.034_21, '0.034 USD'],
    [0.5, '0.50 USD'],
    [20.5833, '20.58 USD'],
    [123_456.7, '123,456.70 USD'],
    [1e-12, '<0.0000001 USD'],
  ])('writes an amount of %s as %s', (amount, text) => {
    expect(plainSpaces(amountText(amount, 'USD'))).toBe(text);
  });

  it.each([
    [null, '–'],
    [10.206, '10.2'],
    [0.201_75, '0.202'],
    [20_733.4, '20,733'],
    [0.000_01, '<0.001'],
  ])('writes a cost of %s per million as %s', (cost, text) => {
    expect(costPerMillionText(cost)).toBe(text);
  });

  it('rounds costs by their interval', () => {
    expect(costPerMillionEstimate({ mean: 10.206, low: 10.14, high: 10.28 })).toEqual({
      estimate: '10.21',
      plusMinus: '±0.08',
      range: '10.14–10.28',
    });
  });

  // amazonaws.cn bills in CNY; every other region in USD, also one that nobody knows.
  it.each([
    ['eu-west-1', 'USD'],
    ['cn-north-1', 'CNY'],
    ['cn-northwest-1', 'CNY'],
    ['mars-east-1', 'USD'],
  ])('counts in %s in %s', (region, currency) => {
    expect(currencyOf(region)).toBe(currency);
  });

  it.each([
    [null, '–'],
    [0, '0 %'],
    [0.0001, '<0.1 %'],
    [0.034, '3.4 %'],
    [0.05, '5 %'],
    [0.0996, '10 %'],
    [0.21, '21 %'],
    [0.994, '99.4 %'],
    [0.999, '99.9 %'],
    [0.9995, '99.95 %'],
    [0.9999, '99.99 %'],
    [1, '100 %'],
  ])('writes the fraction %s as %s', (fraction, text) => {
    expect(plainSpaces(percentText(fraction))).toBe(text);
  });

  it.each([
    [1, 'over 99.9 %'],
    [0.9995, 'over 99.9 %'],
    [0.97, '97 %'],
    [0, 'under 0.1 %'],
  ])('never writes the probability %s as certain: %s', (probability, text) => {
    expect(plainSpaces(probabilityText(probability))).toBe(text);
  });

  it.each([
    [0.974, '0.97'],
    [1.04, '1.04'],
    [1.84, '1.8'],
    [0.5, '0.50'],
    [12.4, '12'],
  ])('writes the ratio %s as %s', (ratio, text) => {
    expect(ratioText(ratio)).toBe(text);
  });

  it.each([
    [128, '128 MB'],
    [10_240, '10240 MB'],
    [null, '–'],
  ])('writes a memory of %s as %s', (memoryMb, text) => {
    expect(plainSpaces(memoryText(memoryMb))).toBe(text);
  });
});

describe('rounding', () => {
  it('is the number again, to half a unit of its last digit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.integer({ min: 0, max: 6 }),
        (value, decimals) => {
          const text = fixedText(value, decimals).replaceAll(',', '');
          const back = Number(text.replace(/^[<>]/, ''));
          const unit = 10 ** -decimals;
          // What is too small to be shown is bounded by the last digit instead.
          const most = /^[<>]/.test(text) ? unit : unit / 2;
          expect(Math.abs(back - value)).toBeLessThanOrEqual(most * 1.001);
        },
      ),
    );
  });

  it('never shows an uncertainty smaller than it is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.integer({ min: 0, max: 6 }),
        (value, decimals) => {
          const shown = Number(fixedUpText(value, decimals).replaceAll(',', ''));
          expect(shown).toBeGreaterThanOrEqual(value * (1 - 1e-9));
        },
      ),
    );
  });
});
