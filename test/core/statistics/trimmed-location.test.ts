import { describe, expect, it } from 'vitest';
import { seededRandom, standardNormal, type Random } from '../../../src/contract/shared/random.ts';
import { chooseTrim, trimmedLocation } from '../../../src/core/statistics/trimmed-location.ts';

function residuals(draw: (random: Random) => number, count = 600): number[] {
  const random = seededRandom(11);
  return Array.from({ length: count }, () => draw(random)).toSorted((a, b) => a - b);
}

const normal = (random: Random): number => 0.1 * standardNormal(random);
/** Three in ten invocations take four times as long. */
const humps = (random: Random): number => normal(random) + (random() < 0.3 ? Math.log(4) : 0);

describe('trimmedLocation', () => {
  it('is the mean of all where nothing is cut, and of the middle where both ends are', () => {
    const values = [1, 2, 3, 4, 100];
    expect(trimmedLocation(values, { below: 0, above: 0 })).toBe(22);
    expect(trimmedLocation(values, { below: 0.2, above: 0.2 })).toBe(3);
    // A tenth of five values is half a value: (0.5 × 1 + 2 + 3 + 4 + 0.5 × 100) ÷ 4.
    expect(trimmedLocation(values, { below: 0.1, above: 0.1 })).toBeCloseTo(14.875, 9);
  });
});

describe('chooseTrim', () => {
  it('keeps the mean of all for normal noise', () => {
    const { trim } = chooseTrim(residuals(normal), [10, 10, 10]);
    expect(trim.below + trim.above).toBeLessThanOrEqual(0.1);
  });

  it('cuts a second hump off, which makes locations many times as sharp', () => {
    const noise = residuals(humps);
    const { trim, scatterOf } = chooseTrim(noise, [30, 30, 30]);
    expect(trim.above).toBeGreaterThan(0.3);
    // The mean of 30 values scatters by √(0.3 × 0.7 × ln(4)² + 0.1²) ÷ √30 = 0.117.
    expect(Math.sqrt(scatterOf(30).variance)).toBeLessThan(0.117 / 2);
  });

  it('knows by how much few values lie elsewhere than many', () => {
    const noise = residuals(humps);
    const { trim, scatterOf } = chooseTrim(noise, [4, 30]);
    const whole = trimmedLocation(noise, trim);
    const random = seededRandom(5);
    const runs = 4000;
    let sum = 0;
    for (let run = 0; run < runs; run += 1) {
      const draw = Array.from({ length: 4 }, () => humps(random)).toSorted((a, b) => a - b);
      sum += trimmedLocation(draw, trim) - scatterOf(4).bias - whole;
    }
    expect(Math.abs(sum / runs)).toBeLessThan(0.08);
  });
});
